/* Messages, newsletters above all: one alone (RFC 5322, MIME RFC 2045 to 2047)
 * or many as MBOX. Of a message the HTML or, if it says as much, the plain text
 * is read; what is attached is left. */
#include <stdlib.h>
#include <strings.h>

#include "input/containers.h"
#include "input/fields.h"
#include "page/content.h"
#include "page/encoding.h"

enum { DEEPEST_PART = 8, MOST_PARTS = 256 };

typedef struct Mail {
    RelatoSource *source;
    bool many; /* MBOX */
    bool over;
    size_t messages;
} Mail;

/* ---- recognising --------------------------------------------------------------------- */

/* The fields of a message begin here: names and colons line by line, and one
 * that nothing but a message has. */
static bool begins_message(Str bytes)
{
    static const char *const telling[] = { "Message-ID", "MIME-Version", "Received", "Return-Path" };
    Str rest = bytes;
    for (int lines = 0; rest.size && lines < 4; lines++) {
        Str line = str_cut(&rest, '\n');
        if (!str_trim(line).size)
            break;
        size_t colon = str_find_byte(line, ':', 0);
        bool continued = lines > 0 && (line.at[0] == ' ' || line.at[0] == '\t');
        if (!continued && (colon == 0 || colon == line.size || str_find_byte(line, ' ', 0) < colon))
            return false;
    }
    size_t length = fields_length(bytes);
    Str fields = str_slice(bytes, 0, length < bytes.size ? length : bytes.size);
    for (size_t i = 0; i < sizeof telling / sizeof *telling; i++)
        if (fields_value(fields, telling[i]).size)
            return true;
    return false;
}

static bool begins_box(Str bytes)
{
    size_t line = bytes.size ? str_find_byte(bytes, '\n', 0) : 0;
    return str_starts(bytes, STR("From ")) && line < bytes.size &&
           begins_message(str_slice(bytes, line + 1, bytes.size));
}

bool mail_recognise(Str bytes)
{
    return begins_box(bytes) || begins_message(bytes);
}

/* ---- decoding -------------------------------------------------------------------------- */

static int value_of_base64(char c)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *found = c ? strchr(alphabet, c) : NULL;
    return found ? (int)(found - alphabet) : -1;
}

static void add_base64(Buffer *out, Str s)
{
    uint32_t bits = 0;
    int held = 0;
    for (size_t i = 0; i < s.size && s.at[i] != '='; i++) {
        int value = value_of_base64(s.at[i]);
        if (value < 0)
            continue; /* line ends */
        bits = bits << 6 | (uint32_t)value;
        held += 6;
        if (held >= 8) {
            held -= 8;
            buffer_byte(out, (char)(bits >> held & 0xFF));
        }
    }
}

static int value_of_hex(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *found = c ? strchr(digits, c | ' ') : NULL;
    return found && c != ' ' ? (int)(found - digits) : -1;
}

/* Quoted-printable; in fields `_` is a space. */
static void add_quoted(Buffer *out, Str s, bool in_field)
{
    for (size_t i = 0; i < s.size; i++) {
        char c = s.at[i];
        int high = c == '=' && i + 2 < s.size ? value_of_hex(s.at[i + 1]) : -1;
        int low = high >= 0 ? value_of_hex(s.at[i + 2]) : -1;
        if (low >= 0) {
            buffer_byte(out, (char)(high * 16 + low));
            i += 2;
        } else if (c == '=' && i + 1 < s.size && (s.at[i + 1] == '\n' || s.at[i + 1] == '\r')) {
            i += s.at[i + 1] == '\r' && i + 2 < s.size && s.at[i + 2] == '\n' ? 2 : 1;
        } else {
            buffer_byte(out, in_field && c == '_' ? ' ' : c);
        }
    }
}

/* Adds bytes in an encoding as UTF-8. */
static void add_in(Buffer *out, Str bytes, Str encoding)
{
    Buffer converted = { 0 };
    Str utf8;
    if (encoding_to_utf8(bytes, true, encoding, &converted, &utf8, NULL))
        buffer_add(out, utf8);
    buffer_free(&converted);
}

/* An encoded word, "=?utf-8?B?…?=": its length, 0 if none begins here. */
static size_t add_encoded_word(Buffer *out, Str s)
{
    if (!str_starts(s, STR("=?")))
        return 0;
    size_t first = str_find_byte(s, '?', 2), second = first < s.size ? str_find_byte(s, '?', first + 1) : s.size;
    size_t third = second < s.size ? str_find_byte(s, '?', second + 1) : s.size;
    if (third + 1 >= s.size || s.at[third + 1] != '=' || second != first + 2)
        return 0;
    Str encoding = str_slice(s, 2, first), packed = str_slice(s, second + 1, third);
    encoding = str_slice(encoding, 0, str_find_byte(encoding, '*', 0)); /* a language may follow (RFC 2231) */
    Buffer bytes = { 0 };
    if ((s.at[first + 1] | ' ') == 'b')
        add_base64(&bytes, packed);
    else
        add_quoted(&bytes, packed, true);
    add_in(out, buffer_str(&bytes), encoding);
    buffer_free(&bytes);
    return third + 2;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* The words of a field. White space between two encoded words is none. */
static void add_field(Buffer *out, Str value)
{
    Buffer decoded = { 0 };
    bool was_encoded = false;
    for (size_t i = 0; i < value.size;) {
        size_t space = i;
        while (space < value.size && is_blank(value.at[space]))
            space++;
        size_t length = add_encoded_word(&decoded, str_slice(value, space, value.size));
        if (length) {
            if (space > i && !was_encoded)
                buffer_byte(out, ' ');
            buffer_add(out, buffer_str(&decoded));
            decoded.size = 0;
            i = space + length;
            was_encoded = true;
            continue;
        }
        if (space > i)
            buffer_byte(out, ' ');
        i = space;
        while (i < value.size && !is_blank(value.at[i]))
            buffer_byte(out, value.at[i++]);
        was_encoded = false;
    }
    buffer_free(&decoded);
}

/* The name of a mailbox, "Name <name@example.org>", or its address. */
static void add_mailbox(Buffer *out, Str value)
{
    Buffer decoded = { 0 };
    add_field(&decoded, value);
    Str mailbox = buffer_str(&decoded);
    Str name = mailbox.size ? str_trim(str_slice(mailbox, 0, str_find_byte(mailbox, '<', 0))) : mailbox;
    while (name.size && name.at[0] == '"')
        name = str_slice(name, 1, name.size);
    while (name.size && name.at[name.size - 1] == '"')
        name = str_slice(name, 0, name.size - 1);
    buffer_add(out, name.size ? name : mailbox);
    buffer_free(&decoded);
}

/* ---- parts ------------------------------------------------------------------------------- */

typedef struct Found {
    Buffer html, text;
    int parts; /* seen so far */
} Found;

static void find_parts(Found *found, Str message, int depth);

/* Ends the body at the next line "--boundary"; sets *rest behind that line. */
static Str next_part(Str body, Str boundary, Str *rest)
{
    for (size_t line = 0; line < body.size;) {
        size_t end = str_find_byte(body, '\n', line);
        Str here = str_slice(body, line, end);
        if (str_starts(here, STR("--")) && str_starts(str_slice(here, 2, here.size), boundary)) {
            bool last = str_starts(str_slice(here, 2 + boundary.size, here.size), STR("--"));
            *rest = last || end >= body.size ? (Str){ NULL, 0 } : str_slice(body, end + 1, body.size);
            return str_slice(body, 0, line);
        }
        line = end + 1;
    }
    *rest = (Str){ NULL, 0 };
    return body;
}

static void find_in_multipart(Found *found, Str body, Str boundary, int depth)
{
    Str rest;
    next_part(body, boundary, &rest); /* what stands before the first is for no one */
    while (rest.size && boundary.size && ++found->parts < MOST_PARTS) {
        Str part = next_part(rest, boundary, &rest);
        find_parts(found, part, depth + 1);
    }
}

static void add_body(Buffer *out, Str body, Str fields)
{
    Str packing = field_token(fields_value(fields, "Content-Transfer-Encoding"));
    Str encoding = field_parameter(fields_value(fields, "Content-Type"), "charset");
    Buffer bytes = { 0 };
    if (equal_folded(packing, "base64"))
        add_base64(&bytes, body);
    else if (equal_folded(packing, "quoted-printable"))
        add_quoted(&bytes, body, false);
    else
        buffer_add(&bytes, body);
    add_in(out, buffer_str(&bytes), encoding);
    buffer_free(&bytes);
}

/* Looks into a message or a part of one for its texts. */
static void find_parts(Found *found, Str message, int depth)
{
    bool bare = message.size && (message.at[0] == '\n' || message.at[0] == '\r'); /* no fields */
    size_t length = fields_length(message);
    if (length == SIZE_MAX || depth > DEEPEST_PART)
        return;
    Str fields = bare ? (Str){ NULL, 0 } : str_slice(message, 0, length);
    Str body = str_slice(message, length, message.size);
    Str content = fields_value(fields, "Content-Type"), type = field_token(content);
    if (equal_folded(field_token(fields_value(fields, "Content-Disposition")), "attachment"))
        return;
    if (type.size > 10 && strncasecmp(type.at, "multipart/", 10) == 0)
        find_in_multipart(found, body, field_parameter(content, "boundary"), depth);
    else if (equal_folded(type, "text/html") && !found->html.size)
        add_body(&found->html, body, fields);
    else if ((!type.size || equal_folded(type, "text/plain")) && !found->text.size)
        add_body(&found->text, body, fields);
}

/* ---- messages ---------------------------------------------------------------------------- */

/* What of a message is read: the plain text of newsletters is often a notice
 * that there is none. */
static void choose(const Found *found, Page *page)
{
    bool has_text = found->text.size && 16 * found->text.size >= found->html.size;
    page->format = has_text || !found->html.size ? RELATO_FORMAT_TEXT : RELATO_FORMAT_HTML;
    page->bytes = buffer_str(page->format == RELATO_FORMAT_TEXT ? &found->text : &found->html);
}

static int give_message(Mail *mail, Str message, RelatoRecord *record, Error *error)
{
    size_t length = fields_length(message);
    Str fields = str_slice(message, 0, length < message.size ? length : message.size);
    char name[512];
    if (mail->many)
        snprintf(name, sizeof name, "%.480s: message %zu", source_name(mail->source), mail->messages);
    else
        snprintf(name, sizeof name, "%.480s", source_name(mail->source));
    Found found = { 0 };
    Buffer title = { 0 }, sender = { 0 };
    add_field(&title, fields_value(fields, "Subject"));
    add_mailbox(&sender, fields_value(fields, "From"));
    find_parts(&found, message, 0);
    Page page = { .title = buffer_str(&title),
                  .outlet = buffer_str(&sender),
                  .published = fields_value(fields, "Date") };
    choose(&found, &page);
    int got = -1;
    if (page.bytes.size) {
        got = source_give_page(mail->source, name, &page, record, error);
    } else {
        error_set(error, RELATO_ERROR_INPUT, 0, SIZE_MAX, "it holds no text");
        got = source_give_fault(name, record);
    }
    buffer_free(&found.html);
    buffer_free(&found.text);
    buffer_free(&title);
    buffer_free(&sender);
    return got;
}

/* The length of the message that the source holds the beginning of; it ends
 * before a line "From " that fields follow. More than RECORD_LIMIT: too long. */
static size_t message_length(const Mail *mail)
{
    size_t at = 0;
    for (;;) {
        Str held = source_held(mail->source);
        const char *found = mail->many && held.size > at ? memmem(held.at + at, held.size - at, "\nFrom ", 6) : NULL;
        size_t next = found ? (size_t)(found - held.at) + 1 : held.size;
        bool enough = held.size - next >= 2048 || held.size > RECORD_LIMIT;
        if (found && (begins_box(str_slice(held, next, held.size)) || next > RECORD_LIMIT))
            return next;
        if (found && enough)
            at = next;
        else if (held.size > RECORD_LIMIT || !source_more(mail->source))
            return found ? next : source_held(mail->source).size;
        else if (!found)
            at = held.size > 6 ? held.size - 6 : 0;
    }
}

/* Passes over a message that is too long. */
static void pass_over(Mail *mail)
{
    size_t passed = 0;
    for (;;) {
        Str held = source_held(mail->source);
        const char *found = mail->many && held.size > 6 ? memmem(held.at + 1, held.size - 1, "\nFrom ", 6) : NULL;
        size_t size = found ? (size_t)(found - held.at) + 1 : held.size > 6 ? held.size - 6 : 0;
        source_take(mail->source, size);
        passed += size;
        if (found)
            return;
        if (passed > IDLE_LIMIT || !source_more(mail->source)) {
            mail->over = true;
            return;
        }
    }
}

static int mail_next(void *context, RelatoRecord *record, Error *error)
{
    Mail *mail = context;
    if (mail->over)
        return 0;
    size_t length = message_length(mail);
    Str held = source_held(mail->source);
    mail->messages++;
    if (length > RECORD_LIMIT) {
        pass_over(mail);
        error_set(error, RELATO_ERROR_LIMIT, 0, SIZE_MAX, "message %zu is larger than %zu MB", mail->messages,
                  RECORD_LIMIT >> 20);
        return -1;
    }
    if (!held.size) {
        mail->over = true;
        return source_fault(mail->source, error) ? -1 : 0;
    }
    Str message = str_slice(held, 0, length);
    if (mail->many)
        str_cut(&message, '\n');
    int got = give_message(mail, message, record, error);
    source_take(mail->source, length);
    mail->over = !mail->many;
    return got;
}

static void mail_close(void *context)
{
    free(context);
}

bool mail_open(Reader *reader, RelatoSource *source, Error *error)
{
    Mail *mail = calloc(1, sizeof *mail);
    if (!mail)
        return error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
    mail->source = source;
    mail->many = begins_box(source_held(source));
    reader->next = mail_next;
    reader->close = mail_close;
    reader->context = mail;
    return true;
}
