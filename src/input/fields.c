#include "input/fields.h"

#include <stdint.h>
#include <strings.h>

size_t fields_length(Str bytes)
{
    for (size_t line = 0; line < bytes.size;) {
        size_t end = str_find_byte(bytes, '\n', line);
        if (end == bytes.size)
            break;
        if (end == line || (end == line + 1 && bytes.at[line] == '\r'))
            return end + 1;
        line = end + 1;
    }
    return SIZE_MAX;
}

bool equal_folded(Str s, const char *other)
{
    size_t size = strlen(other);
    return s.size == size && (size == 0 || strncasecmp(s.at, other, size) == 0);
}

/* The end of the field that begins at `from`: lines that begin with a space belong to it. */
static size_t field_end(Str fields, size_t from)
{
    size_t end = str_find_byte(fields, '\n', from);
    while (end + 1 < fields.size && (fields.at[end + 1] == ' ' || fields.at[end + 1] == '\t'))
        end = str_find_byte(fields, '\n', end + 1);
    return end;
}

Str fields_value(Str fields, const char *name)
{
    for (size_t at = 0; at < fields.size;) {
        size_t end = field_end(fields, at);
        Str field = str_slice(fields, at, end);
        size_t colon = str_find_byte(field, ':', 0);
        if (colon < field.size && equal_folded(str_trim(str_slice(field, 0, colon)), name))
            return str_trim(str_slice(field, colon + 1, field.size));
        at = end + 1;
    }
    return (Str){ NULL, 0 };
}

Str field_token(Str value)
{
    return value.size ? str_trim(str_slice(value, 0, str_find_byte(value, ';', 0))) : value;
}

Str field_parameter(Str value, const char *name)
{
    size_t at = value.size ? str_find_byte(value, ';', 0) : 0;
    while (at < value.size) {
        size_t end = at + 1;
        for (bool quoted = false; end < value.size && (quoted || value.at[end] != ';'); end++)
            quoted ^= value.at[end] == '"';
        Str parameter = str_slice(value, at + 1, end);
        size_t equal = str_find_byte(parameter, '=', 0);
        if (equal < parameter.size && equal_folded(str_trim(str_slice(parameter, 0, equal)), name)) {
            Str found = str_trim(str_slice(parameter, equal + 1, parameter.size));
            bool quoted = found.size >= 2 && found.at[0] == '"' && found.at[found.size - 1] == '"';
            return quoted ? str_slice(found, 1, found.size - 1) : found;
        }
        at = end;
    }
    return (Str){ NULL, 0 };
}
