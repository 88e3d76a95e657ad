#include "output/json_writer.h"

#include <assert.h>
#include <math.h>

/* The comma between this value and the one before it. */
static void separate(JsonWriter *writer)
{
    if (writer->filled[writer->depth])
        buffer_byte(writer->out, ',');
    writer->filled[writer->depth] = true;
}

void json_open(JsonWriter *writer, char bracket)
{
    separate(writer);
    buffer_byte(writer->out, bracket);
    assert(writer->depth + 1 < JSON_DEEPEST);
    writer->filled[++writer->depth] = false;
}

void json_close(JsonWriter *writer, char bracket)
{
    buffer_byte(writer->out, bracket);
    writer->depth--;
}

static void quote(Buffer *out, Str value)
{
    static const char hex[] = "0123456789abcdef";
    buffer_byte(out, '"');
    size_t plain = 0;
    for (size_t i = 0; i < value.size; i++) {
        unsigned char c = (unsigned char)value.at[i];
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        buffer_add(out, str_slice(value, plain, i));
        plain = i + 1;
        if (c == '"' || c == '\\')
            buffer_add(out, (Str){ (char[]){ '\\', (char)c }, 2 });
        else if (c == '\n')
            buffer_add(out, STR("\\n"));
        else if (c == '\t')
            buffer_add(out, STR("\\t"));
        else
            buffer_add(out, (Str){ (char[]){ '\\', 'u', '0', '0', hex[c >> 4], hex[c & 15] }, 6 });
    }
    buffer_add(out, str_slice(value, plain, value.size));
    buffer_byte(out, '"');
}

void json_name(JsonWriter *writer, const char *name)
{
    separate(writer);
    quote(writer->out, str_of(name));
    buffer_byte(writer->out, ':');
    writer->filled[writer->depth] = false; /* the value that follows takes no comma */
}

void json_string(JsonWriter *writer, Str value)
{
    separate(writer);
    quote(writer->out, value);
}

void json_number(JsonWriter *writer, double value)
{
    separate(writer);
    if (!isfinite(value))
        buffer_add(writer->out, STR("null"));
    else if (value == floor(value) && fabs(value) < 1e15)
        buffer_format(writer->out, "%.0f", value);
    else
        buffer_format(writer->out, "%.15g", value);
}

void json_integer(JsonWriter *writer, size_t value)
{
    char digits[24];
    size_t at = sizeof digits;
    separate(writer);
    do
        digits[--at] = (char)('0' + value % 10);
    while (value /= 10);
    buffer_add(writer->out, (Str){ digits + at, sizeof digits - at });
}

void json_boolean(JsonWriter *writer, bool value)
{
    separate(writer);
    buffer_add(writer->out, value ? STR("true") : STR("false"));
}

void json_raw(JsonWriter *writer, Str value)
{
    separate(writer);
    buffer_add(writer->out, value);
}

void json_member(JsonWriter *writer, const char *name, Str value)
{
    json_name(writer, name);
    json_string(writer, value);
}

void json_known(JsonWriter *writer, const char *name, Str value)
{
    if (value.size)
        json_member(writer, name, value);
}
