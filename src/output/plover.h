/* Records of PLOVER: events as other event data have them, one JSON object or one
 * line of CSV each. A record is plain data, so that what comes from a reading and
 * what comes from an archive is written alike. */
#ifndef RELATO_OUTPUT_PLOVER_H
#define RELATO_OUTPUT_PLOVER_H

#include "core/buffer.h"
#include "document/document.h"

typedef struct PloverActor {
    Str name, country, sector; /* name: as in the text, "" if only an adjective tells the country */
    Str known;                 /* its id in lexicon/world; empty if it is not there */
} PloverActor;

typedef struct PloverFigure {
    double value;
    bool known;
} PloverFigure;

typedef struct PloverRecord {
    Str id;              /* unique in the data set */
    Str date, end_date;  /* ISO; end_date empty if it is one day */
    uint8_t type, mode;  /* as in event/plover.h */
    const Str *contexts; /* (context_count) */
    const PloverActor *actors, *recipients;
    size_t context_count, actor_count, recipient_count;
    Str place, place_country; /* empty if unknown */
    bool located;
    double latitude, longitude;
    uint32_t geonames;
    PloverFigure dead, injured, detained, participants;
    Str trigger, sentence;              /* the words that tell it, the sentence around them */
    size_t sentence_number, start, end; /* of the trigger: sentence from 1, code points of the text */
    Str story, title, url, outlet, published, language;
} PloverRecord;

/* The records of a reading's events, in the document's arena. What did not happen
 * is left out. What is planned becomes what PLOVER makes of it: cooperation AGREE, a
 * retreat CONCEDE, conflict THREATEN; what is merely possible has the context
 * "hypothetical", and is left out beside the demand or threat that tells it. */
PloverRecord *plover_records(const Document *document, size_t *count);

/* Sets type and mode to what PLOVER makes of those of an event, and of its reality. */
void plover_set_type(PloverRecord *record, const Event *event);

/* Adds one JSON object and a line end. */
void plover_json(Buffer *out, const PloverRecord *record);

/* Adds the names of the columns, and one line (RFC 4180); several values of a cell
 * are parted by "; ". */
void plover_csv_header(Buffer *out);
void plover_csv(Buffer *out, const PloverRecord *record);

#endif
