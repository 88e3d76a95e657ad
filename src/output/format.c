/* The output formats and the functions that write them. */
#include "output/output.h"
#include "output/plover.h"
#include "read.h"

char *relato_reading_format(const RelatoReading *reading, RelatoOutput output, const RelatoLayout *layout, size_t *size)
{
    Buffer out = { 0 };
    switch (reading->language ? output : RELATO_OUTPUT_JSON) {
    case RELATO_OUTPUT_JSON:
        output_json(&out, &reading->document);
        break;
    case RELATO_OUTPUT_TEXT:
        output_text(&out, &reading->document, reading->language, layout);
        break;
    case RELATO_OUTPUT_CONLLU:
        output_conllu(&out, &reading->document);
        break;
    case RELATO_OUTPUT_TIMEML:
        output_timeml(&out, &reading->document);
        break;
    case RELATO_OUTPUT_PLOVER:
        output_plover(&out, &reading->document);
        break;
    case RELATO_OUTPUT_CSV:
        output_csv(&out, &reading->document);
        break;
    }
    return buffer_take(&out, size);
}

char *relato_csv_header(size_t *size)
{
    Buffer out = { 0 };
    plover_csv_header(&out);
    return buffer_take(&out, size);
}
