#include "output/output.h"

#include "core/date.h"
#include "output/xml.h"

static void add_attribute(Buffer *out, const char *name, Str value)
{
    buffer_format(out, " %s=\"", name);
    xml_add(out, value, true);
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
    xml_add(out, day, false);
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
    xml_add(out, span_str(document, time->span), false);
    buffer_add(out, STR("</TIMEX3>"));
}

void output_timeml(Buffer *out, const Document *document)
{
    buffer_add(out, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        "<TimeML xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
                        "xsi:noNamespaceSchemaLocation=\"http://timeml.org/timeMLdocs/TimeML_1.2.1.xsd\">\n<DOCID>"));
    xml_add(out, document->id, false);
    buffer_add(out, STR("</DOCID>\n"));
    add_creation_time(out, document);
    buffer_add(out, STR("<TEXT>"));
    uint32_t at = 0;
    for (size_t i = 0; i < document->time_count; i++) {
        xml_add(out, str_slice(document->text, at, document->times[i].span.start), false);
        add_time(out, document, i);
        at = document->times[i].span.end;
    }
    xml_add(out, str_slice(document->text, at, document->text.size), false);
    buffer_add(out, STR("</TEXT>\n</TimeML>\n"));
}
