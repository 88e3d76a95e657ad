/* The way of a report: the stages in order. This is the table of contents of
 * the program. */
#include "read.h"

#include <stdlib.h>

#include "core/utf8.h"
#include "page/page.h"

typedef void Stage(Document *document, const Language *language);

static Stage *const stages[] = {
    NULL,
};

/* Memory for a report: this much, and so much more for each byte of it. */
enum { ARENA_BASE = 4 << 20, ARENA_PER_BYTE = 256 };

static bool read_record(RelatoReading *reading, const RelatoKnowledge *knowledge, const RelatoRecord *record,
                        const RelatoReadOptions *options, Error *error)
{
    Document *document = &reading->document;
    document->arena = &reading->arena;
    document->name = record->name;
    (void)knowledge, (void)options;
    if (!page_read(document, record, error))
        return false;
    for (size_t i = 0; stages[i]; i++)
        stages[i](document, reading->language);
    return true;
}

/* read_record, with a way back for the arena. */
static bool read_guarded(RelatoReading *reading, const RelatoKnowledge *knowledge, const RelatoRecord *record,
                         const RelatoReadOptions *options, Error *error)
{
    if (setjmp(reading->escape) == 0)
        return read_record(reading, knowledge, record, options, error);
    return error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "reading it takes more memory than there is for it");
}

RelatoReading *relato_read(const RelatoKnowledge *knowledge, const RelatoRecord *record, const RelatoReadOptions *options,
                           RelatoError *error)
{
    static const RelatoReadOptions none = { 0 };
    RelatoReading *reading = calloc(1, sizeof *reading);
    if (!reading) {
        error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
        return NULL;
    }
    arena_init(&reading->arena, ARENA_BASE + ARENA_PER_BYTE * record->size, &reading->escape);
    if (read_guarded(reading, knowledge, record, options ? options : &none, error))
        return reading;
    relato_reading_free(reading);
    return NULL;
}

void relato_reading_free(RelatoReading *reading)
{
    if (!reading)
        return;
    arena_free(&reading->arena);
    free(reading);
}

/* ---- walking the layers --------------------------------------------------- */

RelatoString relato_reading_text(const RelatoReading *reading)
{
    return reading->document.text;
}

const RelatoMeta *relato_reading_meta(const RelatoReading *reading)
{
    return &reading->document.meta;
}

const RelatoEntity *relato_reading_entities(const RelatoReading *reading, size_t *count)
{
    *count = reading->document.entity_count;
    return reading->document.entities;
}

const RelatoTime *relato_reading_times(const RelatoReading *reading, size_t *count)
{
    *count = reading->document.time_count;
    return reading->document.times;
}

const RelatoQuantity *relato_reading_quantities(const RelatoReading *reading, size_t *count)
{
    *count = reading->document.quantity_count;
    return reading->document.quantities;
}

size_t relato_reading_code_point(const RelatoReading *reading, uint32_t byte)
{
    Str text = reading->document.text;
    return utf8_length(str_slice(text, 0, byte < text.size ? byte : text.size));
}

const char *relato_entity_type_name(RelatoEntityType type)
{
    static const char *const names[] = { "person", "organisation", "place", "group" };
    return names[type];
}

const char *relato_time_type_name(RelatoTimeType type)
{
    static const char *const names[] = { "DATE", "TIME", "DURATION", "SET" };
    return names[type];
}

const char *relato_bound_name(RelatoBound bound)
{
    static const char *const names[] = { "exactly", "about", "at-least", "more-than", "at-most", "less-than", "between" };
    return names[bound];
}

const char *relato_counts_name(RelatoCounts counts)
{
    static const char *const names[] = { "killed",       "injured", "missing",     "displaced", "detained",
                                         "participants", "troops",  "inhabitants", "money",     "other" };
    return names[counts];
}
