#include "page/encoding.h"

#include <uchardet.h>
#include <unicode/ucnv.h>

#include "core/utf8.h"

enum {
    SAMPLE_SIZE = 256 << 10, /* bytes that the encoding is guessed from */
    PROLOGUE_SIZE = 4 << 10, /* bytes in which a page declares its encoding */
};

/* ---- conversion ----------------------------------------------------------- */

/* Appends UTF-16 as UTF-8. *high keeps a surrogate whose other half is to come. */
static void add_utf16(Buffer *out, const UChar *units, size_t count, UChar *high)
{
    for (size_t i = 0; i < count; i++) {
        UChar unit = units[i];
        if (U16_IS_LEAD(unit)) {
            *high = unit;
            continue;
        }
        buffer_code_point(out, *high ? (uint32_t)U16_GET_SUPPLEMENTARY(*high, unit) : unit);
        *high = 0;
    }
}

/* Turns `bytes` from the encoding that ICU knows as `name` into UTF-8. What is
 * broken becomes U+FFFD if `lenient`, else it is an error. */
static bool convert(Str bytes, const char *name, bool lenient, Buffer *out, Error *error)
{
    UErrorCode status = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(name, &status);
    if (!lenient)
        ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
    if (U_FAILURE(status)) {
        ucnv_close(converter);
        return error_set(error, RELATO_ERROR_INPUT, 0, SIZE_MAX, "its encoding %s is not known here", name);
    }
    const char *source = bytes.at, *end = bytes.at + bytes.size;
    UChar units[1024], high = 0;
    do {
        UChar *target = units;
        status = U_ZERO_ERROR;
        ucnv_toUnicode(converter, &target, units + 1024, &source, end, NULL, true, &status);
        add_utf16(out, units, (size_t)(target - units), &high);
    } while (status == U_BUFFER_OVERFLOW_ERROR);
    char broken[32];
    int8_t broken_size = sizeof broken;
    UErrorCode ignored = U_ZERO_ERROR;
    ucnv_getInvalidChars(converter, broken, &broken_size, &ignored);
    ucnv_close(converter);
    if (U_SUCCESS(status))
        return true;
    size_t at = (size_t)(source - bytes.at) - (U_SUCCESS(ignored) ? (size_t)broken_size : 0);
    return error_set(error, RELATO_ERROR_INPUT, 0, at, "byte %zu is not %s", at, name);
}

/* ---- what the bytes say of themselves ------------------------------------- */

static const struct {
    Str mark;
    const char *name;
} marks[] = {
    { { "\xFF\xFE\0\0", 4 }, "UTF-32LE" }, /* before UTF-16LE, which begins alike */
    { { "\0\0\xFE\xFF", 4 }, "UTF-32BE" },
    { { "\xFF\xFE", 2 }, "UTF-16LE" },
    { { "\xFE\xFF", 2 }, "UTF-16BE" },
};

/* UTF-16 without a mark: most text has letters of one alphabet, so that every
 * other byte is the same small number, mostly zero. */
static const char *utf16_name(Str bytes)
{
    size_t zeros[2] = { 0, 0 }, size = bytes.size < PROLOGUE_SIZE ? bytes.size : PROLOGUE_SIZE;
    for (size_t i = 0; i < size; i++)
        zeros[i % 2] += bytes.at[i] == '\0';
    for (size_t side = 0; side < 2; side++)
        if (5 * zeros[side] > 2 * size && 50 * zeros[!side] < size)
            return side ? "UTF-16LE" : "UTF-16BE";
    return NULL;
}

/* Well-formed sequences of more than one byte, and bytes that belong to none. */
static void count_utf8(Str bytes, size_t *good, size_t *broken)
{
    *good = *broken = 0;
    for (size_t i = 0; i < bytes.size;) {
        size_t start = i;
        uint32_t c = utf8_next(bytes, &i);
        if (c >= 0x80 && (c != 0xFFFD || str_starts(str_slice(bytes, start, bytes.size), STR("\xEF\xBF\xBD"))))
            ++*good;
        else
            *broken += c >= 0x80;
    }
}

/* ---- what a page declares -------------------------------------------------- */

/* Labels that mean more in the WHATWG's Encoding Standard than in ICU. */
static const struct {
    const char *label, *name;
} labels[] = {
    { "iso-8859-1", "windows-1252" }, { "iso8859-1", "windows-1252" }, { "iso_8859-1", "windows-1252" },
    { "latin1", "windows-1252" },     { "latin-1", "windows-1252" },   { "l1", "windows-1252" },
    { "us-ascii", "windows-1252" },   { "ascii", "windows-1252" },     { "cp1252", "windows-1252" },
    { "iso-8859-9", "windows-1254" }, { "latin5", "windows-1254" },    { "iso-8859-11", "windows-874" },
    { "tis-620", "windows-874" },     { "gb2312", "gb18030" },         { "gbk", "gb18030" },
    { "shift_jis", "windows-31j" },   { "sjis", "windows-31j" },       { "x-sjis", "windows-31j" },
    { "euc-kr", "windows-949" },      { "utf-16", "utf-8" },           { "utf-16le", "utf-8" },
    { "utf-16be", "utf-8" },          { "macintosh", "macintosh" },
};

static char folded(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* Where `word`, in small letters, stands in s from `from` on; s.size if nowhere. */
static size_t find_folded(Str s, const char *word, size_t from)
{
    size_t length = strlen(word);
    for (size_t i = from; i + length <= s.size; i++) {
        size_t k = 0;
        while (k < length && folded(s.at[i + k]) == word[k])
            k++;
        if (k == length)
            return i;
    }
    return s.size;
}

/* The value behind `name` "=" in [from, to) of s: a word, quoted or not, folded into `value`. */
static bool declared_value(Str s, const char *name, size_t from, size_t to, char *value, size_t value_size)
{
    s = str_slice(s, 0, to);
    size_t i = find_folded(s, name, from) + strlen(name), length = 0;
    while (i < s.size && strchr(" \t\r\n", s.at[i]))
        i++;
    if (i >= s.size || s.at[i] != '=')
        return false;
    for (i++; i < s.size && strchr(" \t\r\n\"'", s.at[i]);)
        i++;
    for (; i < s.size && !strchr(" \t\r\n\"';/>?", s.at[i]) && length + 1 < value_size; i++)
        value[length++] = folded(s.at[i]);
    value[length] = '\0';
    return length > 0;
}

/* Turns a label of an encoding into the name that ICU knows; false if it knows none. */
static bool known_encoding(char *name, size_t name_size)
{
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (strcmp(name, labels[i].label) == 0)
            snprintf(name, name_size, "%s", labels[i].name);
    UErrorCode status = U_ZERO_ERROR;
    ucnv_close(ucnv_open(name, &status));
    return *name && U_SUCCESS(status);
}

/* The encoding that a page declares in a meta element or an XML declaration,
 * by the name that ICU knows; false if it declares none that is known. */
static bool declared_encoding(Str page, char *name, size_t name_size)
{
    Str s = str_slice(page, 0, page.size < PROLOGUE_SIZE ? page.size : PROLOGUE_SIZE);
    bool found = str_starts(str_trim(s), STR("<?xml")) &&
                 declared_value(s, "encoding", 0, find_folded(s, "?>", 0), name, name_size);
    for (size_t at = find_folded(s, "<meta", 0); at < s.size && !found; at = find_folded(s, "<meta", at + 1))
        found = declared_value(s, "charset", at, str_find_byte(s, '>', at), name, name_size);
    return found && known_encoding(name, name_size);
}

/* The same for a label from outside the page. */
static bool told_encoding(Str label, char *name, size_t name_size)
{
    size_t length = label.size < name_size ? label.size : 0;
    for (size_t i = 0; i < length; i++)
        name[i] = folded(label.at[i]);
    name[length] = '\0';
    return known_encoding(name, name_size);
}

/* ---- detection ------------------------------------------------------------- */

/* What the bytes 128 to 255 are in a single-byte encoding; false if it is none such. */
static bool upper_half(const char *name, UChar table[128])
{
    UErrorCode status = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(name, &status);
    bool single = U_SUCCESS(status) && ucnv_getMaxCharSize(converter) == 1;
    for (int i = 0; i < 128 && single; i++) {
        char byte = (char)(128 + i);
        UChar units[4];
        status = U_ZERO_ERROR;
        int32_t length = ucnv_toUChars(converter, units, 4, &byte, 1, &status);
        table[i] = U_SUCCESS(status) && length == 1 ? units[0] : 0xFFFD;
    }
    ucnv_close(converter);
    return single;
}

static UChar decoded(const UChar table[128], Str bytes, size_t at)
{
    unsigned char byte = at < bytes.size ? (unsigned char)bytes.at[at] : ' ';
    return byte < 128 ? byte : table[byte - 128];
}

/* How well a character fits between its neighbours: letters into words, a
 * capital not behind a small letter, signs not into words (but the apostrophe,
 * the dashes and the Catalan point are at home there). */
static int fit(UChar before, UChar c, UChar after)
{
    if (c == 0xFFFD || u_iscntrl(c))
        return -8;
    bool inside = u_isalpha(before) && u_isalpha(after);
    if (!u_isalpha(c))
        return inside && c != 0x2019 && c != 0xB7 && u_charType(c) != U_DASH_PUNCTUATION ? -2 : 0;
    return u_isUUppercase(c) && u_isULowercase(before) ? -2 : 1;
}

static long score(Str sample, const UChar table[128])
{
    long sum = 0;
    for (size_t i = 0; i < sample.size; i++)
        if ((unsigned char)sample.at[i] >= 128)
            sum +=
                fit(i ? decoded(table, sample, i - 1) : ' ', decoded(table, sample, i), decoded(table, sample, i + 1));
    return sum;
}

/* What uchardet makes of the sample; "" if nothing. */
static void guess(Str sample, char *name, size_t name_size)
{
    *name = '\0';
    uchardet_t detector = uchardet_new();
    if (!detector)
        return;
    if (uchardet_handle_data(detector, sample.at, sample.size) == 0) {
        uchardet_data_end(detector);
        const char *found = uchardet_get_charset(detector);
        if (strlen(found) < name_size)
            strcpy(name, found);
    }
    uchardet_delete(detector);
}

static bool is_latin_script(Str sample)
{
    size_t letters = 0, others = 0;
    for (size_t i = 0; i < sample.size; i++) {
        char c = folded(sample.at[i]);
        letters += c >= 'a' && c <= 'z';
        others += (unsigned char)c >= 128;
    }
    return letters > others;
}

/* The name of the likeliest encoding, in `guessed` or static; NULL if the bytes make no sense in any. */
static const char *detect(Str bytes, char *guessed, size_t guessed_size)
{
    Str sample = str_slice(bytes, 0, bytes.size < SAMPLE_SIZE ? bytes.size : SAMPLE_SIZE);
    guess(sample, guessed, guessed_size);
    if (!is_latin_script(sample))
        return *guessed ? guessed : NULL;
    const char *const candidates[] = { "windows-1252", "macintosh", "ibm-850", guessed };
    const char *best = NULL;
    long best_score = -1;
    for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++) {
        UChar table[128];
        if (!*candidates[i] || !upper_half(candidates[i], table))
            continue;
        long fits = score(sample, table);
        if (fits > best_score) {
            best = candidates[i];
            best_score = fits;
        }
    }
    return best;
}

/* ---- the whole -------------------------------------------------------------- */

/* No writer of text uses these; a few may slip into one. */
static bool is_stray_control(unsigned char c)
{
    return (c < ' ' && !strchr("\t\n\v\f\r\x1A\x1B", c)) || c == 0x7F;
}

static bool refuse_binary(Str bytes, bool is_page, Error *error)
{
    size_t zero = str_find_byte(bytes, '\0', 0), strays = 0;
    if (zero < bytes.size && !is_page)
        return error_set(error, RELATO_ERROR_INPUT, 0, zero, "is not text: byte %zu is zero", zero);
    for (size_t i = 0; i < bytes.size; i++)
        strays += is_stray_control((unsigned char)bytes.at[i]);
    if (strays > 8 && strays > bytes.size / 100)
        return error_set(error, RELATO_ERROR_INPUT, 0, SIZE_MAX, "is not text: %zu of %zu bytes are control characters",
                         strays, bytes.size);
    return true;
}

static bool convert_to(Str bytes, const char *name, bool lenient, Buffer *converted, Str *utf8, Error *error)
{
    bool done = convert(bytes, name, lenient, converted, error);
    *utf8 = buffer_str(converted);
    return done && (!converted->failed || error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory"));
}

bool encoding_to_utf8(Str bytes, bool is_page, Str declared, Buffer *converted, Str *utf8, Error *error)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_starts(bytes, marks[i].mark))
            return convert_to(str_slice(bytes, marks[i].mark.size, bytes.size), marks[i].name, is_page, converted, utf8,
                              error);
    const char *utf16 = utf16_name(bytes);
    if (utf16)
        return convert_to(bytes, utf16, is_page, converted, utf8, error);
    if (str_starts(bytes, STR("\xEF\xBB\xBF")))
        bytes = str_slice(bytes, 3, bytes.size);
    if (!refuse_binary(bytes, is_page, error))
        return false;
    *utf8 = bytes;
    size_t at = utf8_invalid(bytes), good, broken;
    if (at == bytes.size)
        return true;
    count_utf8(bytes, &good, &broken);
    if (good > 2 * broken)
        return is_page ? convert_to(bytes, "UTF-8", true, converted, utf8, error)
                       : error_set(error, RELATO_ERROR_INPUT, 0, at, "byte %zu is not UTF-8, though the text is", at);
    char name[64];
    if (told_encoding(declared, name, sizeof name) || (is_page && declared_encoding(bytes, name, sizeof name)))
        return convert_to(bytes, name, true, converted, utf8, error);
    const char *found = detect(bytes, name, sizeof name);
    if (!found)
        return error_set(error, RELATO_ERROR_INPUT, 0, at, "is text in no encoding known here: byte %zu is not UTF-8",
                         at);
    return convert_to(bytes, found, is_page, converted, utf8, error);
}
