/* relato.h - reads news reports and keeps the record: who did what to whom,
 * when, where, how many - and who says so.
 *
 * The way through this header:
 *
 *     RelatoKnowledge *knowledge = relato_knowledge_open(NULL, NULL, 0, &error);
 *     RelatoReading *reading = relato_read(knowledge, &record, NULL, &error);
 *     ... relato_reading_entities(reading, &count) ...
 *     relato_reading_free(reading);
 *     relato_knowledge_close(knowledge);
 *
 * Strings are UTF-8 and not ended by a zero byte unless a comment says so.
 * Spans are half-open byte ranges of the reading's text; the JSON output counts
 * code points instead (relato_reading_code_point turns one into the other).
 * Nothing here prints, exits or keeps global state. A RelatoKnowledge may be
 * used by any number of threads at once; all other handles by one at a time.
 */
#ifndef RELATO_H
#define RELATO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

#define RELATO_VERSION "0.1.0"

/* Longest report read, in bytes of its text; a longer one is an error. */
#define RELATO_REPORT_LIMIT (16u << 20)

#if defined(__GNUC__)
#define RELATO_API __attribute__((visibility("default")))
#else
#define RELATO_API
#endif

/* ---- errors -------------------------------------------------------------- */

typedef enum RelatoStatus {
    RELATO_OK = 0,
    RELATO_ERROR_IO,       /* a file cannot be read */
    RELATO_ERROR_INPUT,    /* what was read is not what it should be */
    RELATO_ERROR_LANGUAGE, /* a language that Relato does not read */
    RELATO_ERROR_LEXICON,  /* a lexicon or model that cannot be used */
    RELATO_ERROR_LIMIT,    /* too large */
    RELATO_ERROR_MEMORY,
    RELATO_ERROR_USAGE /* what was asked for does not go together */
} RelatoStatus;

/* What went wrong, where. The message is a zero-ended sentence without
 * capital and full stop, such as "byte 17 is not UTF-8"; the caller puts the
 * name of the input before it. */
typedef struct RelatoError {
    RelatoStatus status;
    size_t line;   /* line of the input, from 1; 0 if it has none */
    size_t offset; /* byte of the input, from 0; SIZE_MAX if it has none */
    char message[256];
} RelatoError;

/* ---- strings and spans --------------------------------------------------- */

typedef struct RelatoString {
    const char *at; /* size bytes of UTF-8; may be NULL if size is 0 */
    size_t size;
} RelatoString;

typedef struct RelatoSpan {
    uint32_t start, end; /* bytes of the text, half-open */
} RelatoSpan;

/* ---- knowledge: lexicons and models -------------------------------------- */

typedef struct RelatoKnowledge RelatoKnowledge;

/* Opens the knowledge in `directory` (NULL: beside the program, else where it
 * was installed) and lays the lexicon folders `lexicons` (count of them, each
 * zero-ended) over it. Returns NULL and fills `error` if something in them
 * cannot be used. The caller closes it after the last reading. */
RELATO_API RelatoKnowledge *relato_knowledge_open(const char *directory, const char *const *lexicons, size_t count,
                                                  RelatoError *error);
RELATO_API void relato_knowledge_close(RelatoKnowledge *knowledge);

/* Compiles the lexicon sources in the folder `sources` (NULL: those that
 * relato_knowledge_open would use) into the image files `directory`/LANGUAGE.lexicon
 * that it maps, with the folder `user` (NULL: none) laid over them. With
 * `directory` NULL it only checks, and also reports what is right but useless. Every mistake goes once to `report`
 * (FILE, LINE or 0, MESSAGE; zero-ended), then the rest is checked; a language with mistakes gets no image. Returns the
 * number of mistakes. */
typedef void RelatoReport(void *context, const char *file, size_t line, const char *message);
RELATO_API size_t relato_lexicon_compile(const char *sources, const char *user, const char *directory,
                                         RelatoReport *report, void *context);

/* ---- input --------------------------------------------------------------- */

typedef enum RelatoFormat {
    RELATO_FORMAT_AUTO, /* recognised by content */
    RELATO_FORMAT_TEXT,
    RELATO_FORMAT_HTML,
    RELATO_FORMAT_JSON,  /* one object with "text", "url", "title", "published", "outlet", "language" */
    RELATO_FORMAT_CONLLU /* sentences and words as given, for measuring */
} RelatoFormat;

/* The bytes of one report, not yet read. */
typedef struct RelatoRecord {
    const char *bytes;
    size_t size;
    RelatoFormat format;
    const char *name; /* of the file or entry it comes from, zero-ended, for messages; may be NULL */
    size_t line;      /* where in the file it begins, from 1; 0 if the file is the record */
} RelatoRecord;

typedef struct RelatoSource RelatoSource;

/* How a source is to be read; zeros are the usual. */
typedef struct RelatoSourceOptions {
    RelatoFormat format;
    bool follow;        /* fetch the pages that feeds and sitemaps lead to */
    bool allow_private; /* fetch from addresses of private networks too */
} RelatoSourceOptions;

/* Opens a file, a directory, an address (http: or https:) or "-", standard
 * input, as a stream of records: JSON Lines, feeds, web archives (WARC), zip and
 * tar archives, mailboxes and directories give many, all else one; gzip and zstd
 * are unpacked on the way. `name` must outlive the source. `options` may be
 * NULL. Memory is bounded by the longest record. Returns NULL and fills `error`
 * if it cannot be opened or fetched. */
RELATO_API RelatoSource *relato_source_open(const char *name, const RelatoSourceOptions *options, RelatoError *error);

/* The next record: 1 and `record` (whose bytes the caller gives back with
 * relato_record_free), 0 at the end, -1 and `error` if one cannot be had; then
 * `record` is given back in the same way, its name, if any, is that of the entry.
 * After -1 the source may be asked again and goes on behind the fault, or ends. */
RELATO_API int relato_source_next(RelatoSource *source, RelatoRecord *record, RelatoError *error);
RELATO_API void relato_record_free(RelatoRecord *record);
RELATO_API void relato_source_close(RelatoSource *source);

/* ---- reading ------------------------------------------------------------- */

typedef struct RelatoReading RelatoReading;

/* What the caller knows better than the report; NULL members are left to it. */
typedef struct RelatoReadOptions {
    const char *language;  /* "pt", "es", "en": whatever the report says */
    const char *published; /* ISO date for reports that tell none */
    bool keep_foreign;     /* what is in another language gives a reading of its text alone */
} RelatoReadOptions;

/* Reads one report. `options` may be NULL. The reading owns all that it holds
 * and needs `knowledge` to stay open. Returns NULL and fills `error` (offset
 * and line relative to the record) if the record cannot be read. With
 * `keep_foreign` a report in a language that is not read gives a reading with its
 * text, what it says of itself but the language, and no layers, and fills `error`. */
RELATO_API RelatoReading *relato_read(const RelatoKnowledge *knowledge, const RelatoRecord *record,
                                      const RelatoReadOptions *options, RelatoError *error);
RELATO_API void relato_reading_free(RelatoReading *reading);

/* True if `date` (zero-ended) begins with an ISO date that exists, as `published` needs it. */
RELATO_API bool relato_date_valid(const char *date);

/* ---- what a reading holds ------------------------------------------------ */
/* The members follow "What a reading holds" (docs/reading.md). Arrays belong to
 * the reading; ids are positions: entity k is "E<k+1>" in the JSON. */

#define RELATO_NONE UINT32_MAX /* "no such item" where an index is expected */

typedef struct RelatoMeta {
    RelatoString url, title, outlet, byline;
    RelatoString published; /* ISO date (and time, if told), empty if unknown */
    RelatoString language;  /* "pt", "es", "en" */
} RelatoMeta;

typedef enum RelatoEntityType { RELATO_PERSON, RELATO_ORGANISATION, RELATO_PLACE, RELATO_GROUP } RelatoEntityType;

typedef struct RelatoEntity {
    RelatoEntityType type;
    bool named;                 /* it has a proper name in the text */
    RelatoString name;          /* the fullest in the text */
    RelatoString country;       /* ISO 3166-1 alpha-3 or a PLOVER code; empty if unknown */
    RelatoString sector;        /* PLOVER; empty for places and the unknown */
    RelatoString role;          /* as written; empty if none */
    RelatoString known;         /* its id in lexicon/world ("sergei-lavrov"); of a body that many states have that
                                 * of the body ("supreme-court"); empty if it is not there */
    bool located;               /* a place whose coordinates are known */
    double latitude, longitude; /* degrees (WGS 84), north and east positive; 0 unless located */
    uint32_t geonames;          /* its id in GeoNames; 0 if unknown */
    const RelatoSpan *mentions; /* (mention_count), in order of the text */
    uint32_t mention_count;
} RelatoEntity;

typedef enum RelatoTimeType { RELATO_DATE, RELATO_TIME, RELATO_DURATION, RELATO_SET } RelatoTimeType;

typedef struct RelatoTime { /* TIMEX3 of TimeML 1.2.1 */
    RelatoTimeType type;
    RelatoSpan span;
    RelatoString value;    /* "2022-02-24", "P9M", "PRESENT_REF" … */
    RelatoString mod;      /* "APPROX" …; empty if none */
    RelatoString from, to; /* first and last day, ISO; empty if unresolved */
} RelatoTime;

typedef enum RelatoBound {
    RELATO_EXACTLY,
    RELATO_ABOUT,
    RELATO_AT_LEAST,
    RELATO_MORE_THAN,
    RELATO_AT_MOST,
    RELATO_LESS_THAN,
    RELATO_BETWEEN
} RelatoBound;

typedef enum RelatoCounts {
    RELATO_KILLED,
    RELATO_INJURED,
    RELATO_MISSING,
    RELATO_DISPLACED,
    RELATO_DETAINED,
    RELATO_PARTICIPANTS,
    RELATO_TROOPS,
    RELATO_INHABITANTS,
    RELATO_MONEY,
    RELATO_OTHER
} RelatoCounts;

typedef struct RelatoQuantity {
    RelatoSpan span;    /* number, its modifier and the head noun */
    double value, high; /* high: only if bound is RELATO_BETWEEN, else equal to value */
    RelatoBound bound;
    RelatoCounts counts;
    RelatoString noun; /* head noun as written; empty if none */
} RelatoQuantity;

typedef enum RelatoEventType {
    RELATO_AGREE,
    RELATO_CONSULT,
    RELATO_SUPPORT,
    RELATO_CONCEDE,
    RELATO_COOPERATE,
    RELATO_AID,
    RELATO_RETREAT,
    RELATO_REQUEST,
    RELATO_ACCUSE,
    RELATO_REJECT,
    RELATO_THREATEN,
    RELATO_PROTEST,
    RELATO_SANCTION,
    RELATO_MOBILIZE,
    RELATO_COERCE,
    RELATO_ASSAULT,
    RELATO_EVENT_TYPE_COUNT
} RelatoEventType;

typedef enum RelatoReality {
    RELATO_ACTUAL,   /* said to have happened or to be happening */
    RELATO_PLANNED,  /* announced, scheduled, intended */
    RELATO_POSSIBLE, /* asked for, feared, conditional */
    RELATO_NEGATED,  /* said not to have happened */
    RELATO_REALITY_COUNT
} RelatoReality;

typedef struct RelatoParticipant {
    uint32_t entity;              /* index */
    RelatoString country, sector; /* in this event: a country that acts has the sector GOV */
} RelatoParticipant;

typedef struct RelatoEvent {
    RelatoEventType type;
    RelatoString mode; /* PLOVER; empty if none */
    RelatoReality reality;
    const RelatoSpan *triggers; /* (trigger_count), in order of the text */
    const RelatoParticipant *actors, *recipients;
    const uint32_t *quantities;   /* (quantity_count) indices */
    const RelatoString *contexts; /* (context_count) PLOVER */
    uint32_t trigger_count, actor_count, recipient_count, quantity_count, context_count;
    uint32_t place, time; /* indices of an entity and a time, or RELATO_NONE */
} RelatoEvent;

typedef enum RelatoStance {
    RELATO_SAYS,
    RELATO_DENIES,
    RELATO_CONFIRMS,
    RELATO_ADMITS,
    RELATO_ACCUSES,
    RELATO_ANNOUNCES,
    RELATO_DEMANDS,
    RELATO_WARNS,
    RELATO_ESTIMATES,
    RELATO_DECLINES,
    RELATO_STANCE_COUNT
} RelatoStance;

typedef enum RelatoSourceKind {
    RELATO_SOURCE_PERSON,
    RELATO_SOURCE_OFFICIAL,
    RELATO_SOURCE_SPOKESPERSON,
    RELATO_SOURCE_INSTITUTION,
    RELATO_SOURCE_OUTLET,
    RELATO_SOURCE_DOCUMENT,
    RELATO_SOURCE_WITNESS,
    RELATO_SOURCE_EXPERT,
    RELATO_SOURCE_SOURCE,
    RELATO_SOURCE_PUBLIC,
    RELATO_SOURCE_KIND_COUNT
} RelatoSourceKind;

typedef enum RelatoQuoted { RELATO_QUOTED_NONE, RELATO_QUOTED_PARTIAL, RELATO_QUOTED_FULL } RelatoQuoted;

typedef struct RelatoClaim {
    RelatoSpan content; /* empty where the source declines to say anything */
    RelatoSpan cue;
    RelatoStance stance;
    RelatoQuoted quoted;
    RelatoSpan source; /* the phrase, or its nearest earlier mention */
    uint32_t entity;   /* index; RELATO_NONE if there is none */
    RelatoSourceKind kind;
    bool anonymous;               /* people speak and are not named */
    RelatoString country, sector; /* of the source; empty if unknown */
    uint32_t relayed_by;          /* entity through which the report has it, or RELATO_NONE */
    const uint32_t *events;       /* (event_count) indices of the events that the content tells */
    uint32_t event_count;
} RelatoClaim;

RELATO_API RelatoString relato_reading_text(const RelatoReading *reading);
RELATO_API const RelatoMeta *relato_reading_meta(const RelatoReading *reading);
RELATO_API const RelatoSpan *relato_reading_sentences(const RelatoReading *reading, size_t *count);
RELATO_API const RelatoEntity *relato_reading_entities(const RelatoReading *reading, size_t *count);
RELATO_API const RelatoTime *relato_reading_times(const RelatoReading *reading, size_t *count);
RELATO_API const RelatoQuantity *relato_reading_quantities(const RelatoReading *reading, size_t *count);
RELATO_API const RelatoEvent *relato_reading_events(const RelatoReading *reading, size_t *count);
RELATO_API const RelatoClaim *relato_reading_claims(const RelatoReading *reading, size_t *count);

/* The number of code points before `byte` of the text. */
RELATO_API size_t relato_reading_code_point(const RelatoReading *reading, uint32_t byte);

/* The names used in the JSON: "person", "DATE", "at-least", "killed". Zero-ended, static. */
RELATO_API const char *relato_entity_type_name(RelatoEntityType type);
RELATO_API const char *relato_time_type_name(RelatoTimeType type);
RELATO_API const char *relato_bound_name(RelatoBound bound);
RELATO_API const char *relato_counts_name(RelatoCounts counts);
RELATO_API const char *relato_event_type_name(RelatoEventType type);
RELATO_API const char *relato_reality_name(RelatoReality reality);
RELATO_API const char *relato_stance_name(RelatoStance stance);
RELATO_API const char *relato_source_kind_name(RelatoSourceKind kind);
RELATO_API const char *relato_quoted_name(RelatoQuoted quoted);

/* ---- names across languages ----------------------------------------------- */

/* The key that the spellings of a person's name share in the languages that
 * Relato reads: "Serguéi Lavrov" and "Sergey V. Lavrov" have the same. It tells
 * that two names are one, not that two persons are. Returns malloc'd bytes (ended
 * by a zero byte that `size` does not count) that the caller frees, or NULL if
 * memory is short; empty if the name has no letter or digit. */
RELATO_API char *relato_name_key(const RelatoKnowledge *knowledge, RelatoString name, size_t *size);

/* True if the names behind two keys can be one person's: the keys are equal, or
 * differ in spaces or in middle names that only one of them has. Equal keys can
 * be looked up in a table or joined in a database; this asks for both. */
RELATO_API bool relato_name_keys_match(RelatoString a, RelatoString b);

/* ---- the archive --------------------------------------------------------- */

/* One SQLite file that holds what many reports tell and what they have in
 * common; docs/archive.md tells of its tables, which other programs may read. */
typedef struct RelatoArchive RelatoArchive;

/* Opens the archive `file`. With `knowledge`, which must stay open, for adding:
 * it is made if it is not there. NULL: for asking. Returns NULL and fills `error`
 * if it cannot be opened or is no archive of a format known here. */
RELATO_API RelatoArchive *relato_archive_open(const char *file, const RelatoKnowledge *knowledge, RelatoError *error);

/* Adds a reading: 1, or 0 if the archive holds that text of that address and
 * outlet already, or -1 and `error`, and then what was added since the last
 * commit is not there, as after a crash. */
RELATO_API int relato_archive_add(RelatoArchive *archive, const RelatoReading *reading, RelatoError *error);

/* Makes what was added last. False and `error` if it cannot be written; then it is not there. */
RELATO_API bool relato_archive_commit(RelatoArchive *archive, RelatoError *error);

/* Closes the archive; what was not committed is dropped. */
RELATO_API void relato_archive_close(RelatoArchive *archive);

/* What can be asked of an archive. */
typedef enum RelatoQuestion {
    RELATO_ASK_EVENTS,   /* happenings, in the order of their days */
    RELATO_ASK_TIMELINE, /* those that can be told in a chronicle: with a day, and who says so */
    RELATO_ASK_FIGURES,  /* how many, of what: each figure of a happening as each report tells it */
    RELATO_ASK_CLAIMS,   /* who says what */
    RELATO_ASK_ENTITIES, /* who and what is named, the most reported first */
    RELATO_ASK_SOURCES,  /* who speaks, how often; how many go unnamed */
    RELATO_ASK_REPORTS,  /* the reports themselves; with `text` those that hold the words, the fitting first */
    RELATO_ASK_EVENT,    /* one happening (`id`) with the words of every report that tells it */
    RELATO_ASK_ENTITY,   /* one entity (`id`) with its names, and with whom it deals */
    RELATO_ASK_REPORT,   /* one report (`id`) as it was read, and what its items belong to */
    RELATO_QUESTION_COUNT
} RelatoQuestion;

/* Which of the answers are wanted. All strings end with a zero byte; NULL: any.
 * Names are looked up without case and accents in all that reports call an
 * entity, whole words; the id of an entity, and a country's code, do as well. */
typedef struct RelatoFilter {
    const char *actor, *recipient, *entity; /* who acts; on whom; either */
    const char *country;                    /* where it happens, or of one who takes part; of a claim: of its source */
    const char *type;                       /* of an event: "ASSAULT"; of an entity: "person" */
    const char *reality;                    /* "actual" ... */
    const char *since, *until;              /* ISO days, both included; of a claim or report: published */
    const char *place, *source;             /* where; who says so */
    const char *kind, *stance;              /* of a claim: of its source, "official" ...; "denies" ... */
    const char *language, *outlet;          /* of a report that tells it */
    const char *text;                       /* words of a report that tells it: accents and inflection do not matter */
    int64_t id;                             /* of the event, entity or report; 0: any */
    bool anonymous;                         /* only claims of sources without a name */
    bool disputed;                          /* only events that some assert and others deny */
    bool latest;                            /* the last first */
    bool total;                             /* count them all */
    size_t limit, offset;                   /* at most so many (0: all), after so many */
} RelatoFilter;

/* How an answer is written. Not every question has an answer in every format. */
typedef enum RelatoAnswerFormat {
    RELATO_ANSWER_TEXT,    /* for people */
    RELATO_ANSWER_JSON,    /* an object a line; docs/archive.md tells the members */
    RELATO_ANSWER_CSV,     /* RFC 4180, with a head line */
    RELATO_ANSWER_PLOVER,  /* events: an object a line, as PLOVER's manual has them */
    RELATO_ANSWER_GEOJSON, /* events: those whose place is known (RFC 7946) */
    RELATO_ANSWER_ICS,     /* events: iCalendar (RFC 5545) */
    RELATO_ANSWER_JSONLD,  /* events: JSON-LD with the terms of schema.org */
    RELATO_ANSWER_GEXF,    /* entities: the graph of who deals with whom (GEXF 1.3) */
    RELATO_ANSWER_GRAPHML, /* likewise */
    RELATO_ANSWER_FORMAT_COUNT
} RelatoAnswerFormat;

typedef struct RelatoLayout {
    unsigned width; /* columns of the terminal; 0: 80 */
    bool colour;    /* ANSI colours */
} RelatoLayout;

typedef struct RelatoAnswerOptions {
    RelatoAnswerFormat format;
    RelatoLayout layout;              /* of the text */
    const RelatoKnowledge *knowledge; /* its words; needed for the text and to find inflected words */
    const char *language;             /* it is written in: "pt", "es", "en"; NULL: English */
} RelatoAnswerOptions;

/* How much of what there is an answer holds. */
typedef struct RelatoPage {
    size_t shown; /* rows, or events of which figures are told */
    bool more;    /* there are others behind them */
    size_t total; /* if it was asked for: all of them, at most RELATO_COUNT_LIMIT */
} RelatoPage;

#define RELATO_COUNT_LIMIT 10000

/* Answers a question. `options` may be NULL (JSON); `page` too. Returns malloc'd
 * bytes (ended by a zero byte that `size` does not count) that the caller frees,
 * or NULL and `error`: RELATO_ERROR_USAGE if the filter or format does not go with
 * the question, RELATO_ERROR_INPUT if there is nothing with the id. The same
 * archive gives the same bytes. */
RELATO_API char *relato_archive_ask(RelatoArchive *archive, RelatoQuestion question, const RelatoFilter *filter,
                                    const RelatoAnswerOptions *options, size_t *size, RelatoPage *page,
                                    RelatoError *error);

/* The user knows better: the events (else entities) `a` and `b` are one; or what a
 * report tells, its event "V3" or entity "E3" (`item` is 3), does not belong to `a`.
 * It is kept in the archive, and holds when reports are added again. Needs an
 * archive opened for adding; commits. False and `error`. */
RELATO_API bool relato_archive_join(RelatoArchive *archive, bool events, int64_t a, int64_t b, RelatoError *error);
RELATO_API bool relato_archive_part(RelatoArchive *archive, bool events, int64_t a, int64_t report, int64_t item,
                                    RelatoError *error);

/* The names used on the command line: "events", "json". Zero-ended, static. */
RELATO_API const char *relato_question_name(RelatoQuestion question);
RELATO_API const char *relato_answer_format_name(RelatoAnswerFormat format);

/* ---- output -------------------------------------------------------------- */

typedef enum RelatoOutput {
    RELATO_OUTPUT_TEXT, /* the dossier, for people */
    RELATO_OUTPUT_JSON, /* one line, "relato-reading/1" */
    RELATO_OUTPUT_CONLLU,
    RELATO_OUTPUT_TIMEML,
    RELATO_OUTPUT_PLOVER, /* records of PLOVER, one JSON object a line */
    RELATO_OUTPUT_CSV     /* the same as CSV, without the header */
} RelatoOutput;

/* Writes a reading in a format. `layout` is for the dossier; NULL means plain,
 * 80 columns. Returns malloc'd bytes (ended by a zero byte that `size` does not
 * count) that the caller frees, or NULL if memory is short. A reading of a text
 * alone is written in JSON, whatever is asked for. */
RELATO_API char *relato_reading_format(const RelatoReading *reading, RelatoOutput output, const RelatoLayout *layout,
                                       size_t *size);

/* The line with the names of the columns that RELATO_OUTPUT_CSV writes: malloc'd
 * and ended by a zero byte that `size` does not count; NULL if memory is short. */
RELATO_API char *relato_csv_header(size_t *size);

/* Tells in plain lines which rules found the time expressions, figures and events
 * of a reading, where they stand in the lexicon, what each part of their patterns
 * matched, and what gave way to them; for events also the trees. Returns malloc'd bytes (ended by a zero
 * byte that `size` does not count) that the caller frees, or NULL if memory is
 * short. */
RELATO_API char *relato_reading_explain(RelatoReading *reading, size_t *size);

/* What an archive holds - how many reports, events, claims; outlets, languages,
 * types, countries, months - as one JSON object: malloc'd bytes (ended by a zero
 * byte that `size` does not count) that the caller frees, or NULL and `error`. */
RELATO_API char *relato_archive_summary(RelatoArchive *archive, size_t *size, RelatoError *error);

/* ---- the server ----------------------------------------------------------- */

/* Serves an archive on the web, for reading alone: an API in JSON, told in
 * docs/api.md, and the pages, if they are built. */
typedef struct RelatoServer RelatoServer;

typedef struct RelatoServeOptions {
    const char *address; /* IPv4 to listen at; NULL: 127.0.0.1, this machine alone */
    unsigned port;       /* 0: any that is free */
    const char *pages;   /* folder of the built pages; NULL: beside the lexicons */
} RelatoServeOptions;

/* Starts to serve, in threads of its own. `knowledge` must stay open. NULL and `error` if it cannot. */
RELATO_API RelatoServer *relato_server_start(const char *archive, const RelatoKnowledge *knowledge,
                                             const RelatoServeOptions *options, RelatoError *error);
RELATO_API unsigned relato_server_port(const RelatoServer *server);
RELATO_API bool relato_server_has_pages(const RelatoServer *server);

/* Ends what is under way and gives everything back. */
RELATO_API void relato_server_stop(RelatoServer *server);

#ifdef __cplusplus
}
#endif
#endif
