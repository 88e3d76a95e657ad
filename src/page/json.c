/* JSON: one object as Relato takes it. RFC 8259 wants it in UTF-8. */
#include "page/json.h"

#include "core/utf8.h"
#include "page/content.h"
#include "page/date.h"
#include "page/running.h"

bool json_has_too_many_values(Str s)
{
    if (s.size <= JSON_MOST_VALUES)
        return false;
    size_t values = 0;
    bool in_string = false;
    for (size_t i = 0; i < s.size; i++) {
        if (s.at[i] == '"')
            in_string = !in_string;
        else if (in_string)
            i += s.at[i] == '\\';
        else
            values += s.at[i] == ',' || s.at[i] == '[' || s.at[i] == '{';
    }
    return values > JSON_MOST_VALUES;
}

static size_t line_of(Str s, size_t at)
{
    size_t line = 1;
    for (size_t i = 0; i < at; i++)
        line += s.at[i] == '\n';
    return line;
}

/* The string of a member, empty if it is not there or null. */
static bool member(const json_t *object, const char *name, Str *value, Error *error)
{
    *value = (Str){ NULL, 0 };
    const json_t *found = json_object_get(object, name);
    if (!found || json_is_null(found))
        return true;
    if (!json_is_string(found))
        return error_set(error, RELATO_ERROR_INPUT, 0, SIZE_MAX, "the member \"%s\" is not a string", name);
    *value = (Str){ json_string_value(found), json_string_length(found) };
    return true;
}

/* The string of a member as one line, in place of what the page itself told. */
static bool line_member(const json_t *object, const char *name, Buffer *out, Error *error)
{
    Str value;
    if (!member(object, name, &value, error))
        return false;
    if (value.size) {
        out->size = 0;
        Running running = running_begin(out);
        running_add(&running, value);
        running_end(&running);
    }
    return true;
}

/* The string of a member as it is: an address is the record's key for whoever gave it. */
static bool exact_member(const json_t *object, const char *name, Buffer *out, Error *error)
{
    Str value;
    if (!member(object, name, &value, error))
        return false;
    if (value.size) {
        out->size = 0;
        buffer_add(out, value);
    }
    return true;
}

static bool date_member(const json_t *object, const char *name, Buffer *out, Error *error)
{
    Str value;
    if (!member(object, name, &value, error))
        return false;
    if (!str_trim(value).size)
        return true;
    out->size = 0;
    if (date_read(value, out))
        return true;
    return error_set(error, RELATO_ERROR_INPUT, 0, SIZE_MAX,
                     "the member \"%s\" is no date as in \"2023-10-04\" or \"2023-10-04T18:06:00+01:00\": \"%.*s\"",
                     name, (int)(value.size < 100 ? value.size : 100), value.at);
}

static bool text_members(const json_t *object, Content *content, const PageHints *hints, Error *error)
{
    Str text, page;
    if (!member(object, "text", &text, error) || !member(object, "html", &page, error))
        return false;
    if (!text.size && !page.size)
        return error_set(error, RELATO_ERROR_INPUT, 0, SIZE_MAX, "the object has no member \"text\"");
    if (!text.size)
        return content_html(content, page, hints, error);
    content_text(content, text);
    return true;
}

bool content_json(Content *content, Str object, const PageHints *hints, Error *error)
{
    size_t broken = utf8_invalid(object);
    if (broken < object.size)
        return error_set(error, RELATO_ERROR_INPUT, line_of(object, broken), broken, "byte %zu is not UTF-8", broken);
    if (json_has_too_many_values(object))
        return error_set(error, RELATO_ERROR_LIMIT, 0, SIZE_MAX, "the object holds more than %d values",
                         JSON_MOST_VALUES);
    size_t mark = str_starts(object, STR("\xEF\xBB\xBF")) ? 3 : 0;
    json_error_t fault;
    json_t *root = json_loadb(object.at + mark, object.size - mark, JSON_ALLOW_NUL, &fault);
    if (!root) {
        bool memory = json_error_code(&fault) == json_error_out_of_memory;
        size_t at = (size_t)fault.position + mark;
        return error_set(error, memory ? RELATO_ERROR_MEMORY : RELATO_ERROR_INPUT, (size_t)fault.line, at,
                         "byte %zu: broken JSON: %s", at, fault.text);
    }
    bool read = json_is_object(root)
                    ? text_members(root, content, hints, error) && exact_member(root, "url", &content->url, error) &&
                          line_member(root, "title", &content->title, error) &&
                          line_member(root, "outlet", &content->outlet, error) &&
                          line_member(root, "byline", &content->byline, error) &&
                          line_member(root, "language", &content->language, error) &&
                          date_member(root, "published", &content->published, error)
                    : error_set(error, RELATO_ERROR_INPUT, 0, SIZE_MAX, "this JSON is not an object");
    json_decref(root);
    return read;
}
