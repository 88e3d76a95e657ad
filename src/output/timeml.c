#include "output/output.h"

#include "core/date.h"

/* Text or the value of an attribute, with what XML reserves escaped and what it
 * forbids (control characters) left out. */
static void add_escaped(Buffer *out, Str text, bool attribute)
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

static void add_attribute(Buffer *out, const char *name, Str value)
{
    buffer_format(out, " %s=\"", name);
    add_escaped(out, value, true);
    buffer_byte(out, '"');
}

/* The day of publication as TIMEX3 t0; TimeML asks for the element even if it is not known. */
static void add_creation_time(Buffer *out, const Document *document)
{
    Date date;
    Str day =
        date_parse(document->meta.published, &date) ? str_slice(document->meta.published, 0, 10) : STR("XXXX-XX-XX");
    buffer_add(out, STR("<DCT><TIMEX3 tid=\"t0\" type=\"DATE\""));
    add_attribute(out, "value", day);
    buffer_add(out, STR(" functionInDocument=\"CREATION_TIME\">"));
    add_escaped(out, day, false);
    buffer_add(out, STR("</TIMEX3></DCT>\n"));
}

static void add_time(Buffer *out, const Document *document, size_t index)
{
    const Time *time = &document->times[index];
    buffer_format(out, "<TIMEX3 tid=\"t%zu\"", index + 1);
    add_attribute(out, "type", str_of(relato_time_type_name(time->type)));
    add_attribute(out, "value", time->value);
    if (time->mod.size)
        add_attribute(out, "mod", time->mod);
    buffer_byte(out, '>');
    add_escaped(out, span_str(document, time->span), false);
    buffer_add(out, STR("</TIMEX3>"));
}

void output_timeml(Buffer *out, const Document *document)
{
    buffer_add(out, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        "<TimeML xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
                        "xsi:noNamespaceSchemaLocation=\"http://timeml.org/timeMLdocs/TimeML_1.2.1.xsd\">\n<DOCID>"));
    add_escaped(out, document->id, false);
    buffer_add(out, STR("</DOCID>\n"));
    add_creation_time(out, document);
    buffer_add(out, STR("<TEXT>"));
    uint32_t at = 0;
    for (size_t i = 0; i < document->time_count; i++) {
        add_escaped(out, str_slice(document->text, at, document->times[i].span.start), false);
        add_time(out, document, i);
        at = document->times[i].span.end;
    }
    add_escaped(out, str_slice(document->text, at, document->text.size), false);
    buffer_add(out, STR("</TEXT>\n</TimeML>\n"));
}
