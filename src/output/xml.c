#include "output/xml.h"

void xml_add(Buffer *out, Str text, bool attribute)
{
    for (size_t i = 0; i < text.size; i++) {
        char c = text.at[i];
        if (c == '&')
            buffer_add(out, STR("&amp;"));
        else if (c == '<')
            buffer_add(out, STR("&lt;"));
        else if (c == '>')
            buffer_add(out, STR("&gt;"));
        else if (c == '"' && attribute)
            buffer_add(out, STR("&quot;"));
        else if ((unsigned char)c >= 0x20 || c == '\n' || c == '\t')
            buffer_byte(out, c);
    }
}
