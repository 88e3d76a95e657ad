/* The way of a report: the stages in order. This is the table of contents of
 * the program. */
#include "read.h"

#include <nettle/sha2.h>
#include <stdlib.h>

#include "claim/claim.h"
#include "core/date.h"
#include "event/event.h"
#include "names/names.h"
#include "number/number.h"
#include "page/lines.h"
#include "page/page.h"
#include "page/reading_input.h"
#include "quantity/quantity.h"
#include "syntax/conllu_input.h"
#include "syntax/links.h"
#include "syntax/syntax.h"
#include "syntax/tokens.h"
#include "time/time.h"

typedef void Stage(Document *document, const Language *language);

static Stage *const stages[] = {
    tokens_stage, syntax_stage, number_stage, time_stage,         quantity_stage, names_stage,
    links_stage,  claim_stage,  event_stage,  claim_events_stage, NULL,
};

/* Memory for a report: this much, and so much more for each byte of it. */
enum { ARENA_BASE = 4 << 20, ARENA_PER_BYTE = 256 };

/* SHA-256 of the text, in hexadecimal: the same text has the same id everywhere. */
static Str text_id(Document *document)
{
    static const char hex[] = "0123456789abcdef";
    struct sha256_ctx context;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&context);
    sha256_update(&context, document->text.size, (const uint8_t *)document->text.at);
    sha256_digest(&context, sizeof digest, digest);
    char *id = arena_alloc(document->arena, 2 * sizeof digest);
    for (size_t i = 0; i < sizeof digest; i++) {
        id[2 * i] = hex[digest[i] >> 4];
        id[2 * i + 1] = hex[digest[i] & 15];
    }
    return (Str){ id, 2 * sizeof digest };
}

/* The language to read the document in: what the caller says, else the report,
 * else what its words tell. NULL and `error` if Relato does not read it. */
static const Language *choose_language(const RelatoKnowledge *knowledge, const Document *document, const char *said,
                                       Error *error)
{
    Str code = said ? str_of(said) : document->meta.language;
    if (code.size == 0)
        code = str_of(identify_language(&knowledge->identifier, document->text).code);
    const Language *language = knowledge_language(knowledge, code);
    if (!language && str_equal(code, STR("und")))
        error_set(error, RELATO_ERROR_LANGUAGE, 0, SIZE_MAX, "its language cannot be told; --language names it");
    else if (!language)
        error_set(error, RELATO_ERROR_LANGUAGE, 0, SIZE_MAX, "language \"%.*s\" is not read; Relato reads %s",
                  STR_ARGUMENTS(code), knowledge->language_list);
    return language;
}

/* What the record says: text from a page, sentences or all layers that are there already. */
static bool take_in(Document *document, const RelatoRecord *record, const PageHints *hints, Error *error)
{
    if (record->format == RELATO_FORMAT_CONLLU)
        return conllu_input(document, (Str){ record->bytes, record->size }, error);
    if (reading_recognise((Str){ record->bytes, record->size }))
        return reading_input(document, (Str){ record->bytes, record->size }, error);
    return page_read(document, record, hints, error);
}

static Span *sentence_spans(const Document *document)
{
    Span *spans = ARENA_ARRAY(document->arena, Span, document->sentence_count);
    for (size_t i = 0; i < document->sentence_count; i++)
        spans[i] = (Span){ document->sentences[i].start, document->sentences[i].end };
    return spans;
}

static bool read_record(RelatoReading *reading, const RelatoKnowledge *knowledge, const RelatoRecord *record,
                        const RelatoReadOptions *options, Error *error)
{
    Document *document = &reading->document;
    document->arena = &reading->arena;
    document->name = record->name;
    if (!take_in(document, record, &knowledge->hints, error))
        return false;
    if (!document->meta.published.size && options->published)
        document->meta.published = str_copy(document->arena, str_of(options->published));
    reading->language = choose_language(knowledge, document, options->language, error);
    if (!reading->language && !options->keep_foreign)
        return false;
    if (reading->language && !document->words_given && !document->layers_given)
        lines_drop(document, &reading->language->lexicon);
    document->id = text_id(document);
    document_index(document);
    document->meta.language = reading->language ? str_of(reading->language->code) : (Str){ NULL, 0 };
    if (!reading->language)
        return true;
    for (size_t i = 0; stages[i] && !document->layers_given; i++)
        stages[i](document, reading->language);
    reading->sentence_spans = sentence_spans(document);
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

RelatoReading *relato_read(const RelatoKnowledge *knowledge, const RelatoRecord *record,
                           const RelatoReadOptions *options, RelatoError *error)
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

const RelatoEvent *relato_reading_events(const RelatoReading *reading, size_t *count)
{
    *count = reading->document.event_count;
    return reading->document.events;
}

const RelatoClaim *relato_reading_claims(const RelatoReading *reading, size_t *count)
{
    *count = reading->document.claim_count;
    return reading->document.claims;
}

size_t relato_reading_code_point(const RelatoReading *reading, uint32_t byte)
{
    const Document *document = &reading->document;
    return document_code_point(document, byte < document->text.size ? byte : (uint32_t)document->text.size);
}

const RelatoSpan *relato_reading_sentences(const RelatoReading *reading, size_t *count)
{
    *count = reading->document.sentence_count;
    return reading->sentence_spans;
}

bool relato_date_valid(const char *date)
{
    Date parsed;
    return date_parse(str_of(date), &parsed);
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
    static const char *const names[] = {
        "exactly", "about", "at-least", "more-than", "at-most", "less-than", "between"
    };
    return names[bound];
}

const char *relato_counts_name(RelatoCounts counts)
{
    static const char *const names[] = { "killed",       "injured", "missing",     "displaced", "detained",
                                         "participants", "troops",  "inhabitants", "money",     "other" };
    return names[counts];
}

const char *relato_reality_name(RelatoReality reality)
{
    static const char *const names[] = { "actual", "planned", "possible", "negated" };
    return names[reality];
}

const char *relato_stance_name(RelatoStance stance)
{
    static const char *const names[] = { "says",      "denies",  "confirms", "admits",    "accuses",
                                         "announces", "demands", "warns",    "estimates", "declines" };
    return names[stance];
}

const char *relato_source_kind_name(RelatoSourceKind kind)
{
    static const char *const names[] = { "person",   "official", "spokesperson", "institution", "outlet",
                                         "document", "witness",  "expert",       "source",      "public" };
    return names[kind];
}

const char *relato_quoted_name(RelatoQuoted quoted)
{
    static const char *const names[] = { "none", "partial", "full" };
    return names[quoted];
}
