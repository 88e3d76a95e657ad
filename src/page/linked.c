#include "page/linked.h"

#include "page/date.h"
#include "page/json.h"
#include "page/running.h"

enum { DEEPEST = 4 }; /* objects in objects that an article is looked for in */

static Str string_of(const json_t *value)
{
    return json_is_string(value) ? (Str){ json_string_value(value), json_string_length(value) } : (Str){ NULL, 0 };
}

static void set_line(Buffer *out, Str s)
{
    if (out->size)
        return;
    Running running = running_begin(out);
    running_add(&running, s);
    running_end(&running);
}

/* True if one of the object's types is `type` or a kind of it ("NewsArticle"). */
static bool is_a(const json_t *object, Str type)
{
    const json_t *types = json_object_get(object, "@type"), *each;
    size_t i;
    if (json_is_string(types))
        return str_ends(string_of(types), type);
    json_array_foreach(types, i, each) if (str_ends(string_of(each), type)) return true;
    return false;
}

/* The first name of what may be a string, an object with a name, or an array of these. */
static Str first_name(const json_t *value)
{
    if (json_is_array(value))
        value = json_array_get(value, 0);
    return json_is_object(value) ? string_of(json_object_get(value, "name")) : string_of(value);
}

/* All names of what may be a string, an object with a name, or an array of these, parted by commas. */
static void set_names(Buffer *out, const json_t *value)
{
    if (out->size)
        return;
    size_t count = json_is_array(value) ? json_array_size(value) : 1;
    Running running = running_begin(out);
    for (size_t i = 0; i < count; i++) {
        Str name = first_name(json_is_array(value) ? json_array_get(value, i) : value);
        if (name.size && out->size)
            running_add(&running, STR(", "));
        running_add(&running, name);
    }
    running_end(&running);
}

static void set_date(Buffer *out, const json_t *object)
{
    static const char *const names[] = { "datePublished", "dateCreated", "uploadDate" };
    for (size_t i = 0; i < sizeof names / sizeof *names && !out->size; i++)
        date_read(string_of(json_object_get(object, names[i])), out);
}

static void read_article(const json_t *object, Content *linked)
{
    set_line(&linked->title, string_of(json_object_get(object, "headline")));
    set_line(&linked->url, string_of(json_object_get(object, "url")));
    set_line(&linked->outlet, first_name(json_object_get(object, "publisher")));
    set_names(&linked->byline, json_object_get(object, "author"));
    set_date(&linked->published, object);
    if (!linked->text.size)
        buffer_add(&linked->text, string_of(json_object_get(object, "articleBody")));
}

/* Reads what is an article - or a page, if `of_pages` - in `value` and below it. */
static void read_value(const json_t *value, bool of_pages, int depth, Content *linked)
{
    const json_t *each;
    size_t i;
    if (depth == DEEPEST)
        return;
    json_array_foreach(value, i, each) read_value(each, of_pages, depth + 1, linked);
    if (!json_is_object(value))
        return;
    if (!of_pages && (is_a(value, STR("Article")) || is_a(value, STR("BlogPosting")) || is_a(value, STR("Report"))))
        read_article(value, linked);
    if (of_pages && is_a(value, STR("WebPage")))
        set_date(&linked->published, value);
    read_value(json_object_get(value, "@graph"), of_pages, depth + 1, linked);
    read_value(json_object_get(value, "mainEntity"), of_pages, depth + 1, linked);
    read_value(json_object_get(value, "mainEntityOfPage"), of_pages, depth + 1, linked);
}

/* The script as JSON: from its first brace on, as some are wrapped in a comment,
 * and with spaces for the line ends that many have inside strings. */
static json_t *parse(Str script, Buffer *scratch)
{
    scratch->size = 0;
    script = str_trim(script);
    size_t start = str_starts(script, STR("[")) ? 0 : str_find_byte(script, '{', 0);
    buffer_add(scratch, str_slice(script, start, script.size));
    for (size_t i = 0; i < scratch->size; i++)
        if ((unsigned char)scratch->bytes[i] < ' ')
            scratch->bytes[i] = ' ';
    Str json = buffer_str(scratch);
    if (json.size == 0 || json_has_too_many_values(json))
        return NULL;
    return json_loadb(json.at, json.size, JSON_ALLOW_NUL | JSON_DISABLE_EOF_CHECK, NULL);
}

void linked_read(Str data, Content *linked)
{
    Buffer scratch = { 0 };
    for (int of_pages = 0; of_pages < 2; of_pages++)
        for (Str rest = data; rest.size;) {
            json_t *root = parse(str_cut(&rest, '\0'), &scratch);
            read_value(root, of_pages, 0, linked);
            json_decref(root);
        }
    buffer_free(&scratch);
}
