/* A source as the containers see it: bytes that are read ahead, and what makes
 * records of them. The public part stands in relato.h. */
#ifndef RELATO_INPUT_SOURCE_H
#define RELATO_INPUT_SOURCE_H

#include "core/buffer.h"
#include "core/error.h"
#include "input/stream.h"

/* When so much was read in a row without one record in it, as small packed
 * files can make it last for days, the source is given up. */
#define IDLE_LIMIT ((size_t)1 << 30)

/* How deep containers may stand in each other: a web archive in a zip in a folder. */
enum { DEEPEST_CONTAINER = 3 };

/* A source inside `outer`, one container deeper, with its options: the stream,
 * which it closes, under a name that is copied. Returns NULL and fills `error` if
 * memory is short. */
RelatoSource *source_inside(RelatoSource *outer, Stream *stream, const char *name, Error *error);

/* The same, of what is fetched from an address; `published` (may be empty) is
 * what is known of its date. NULL and `error` if it cannot be fetched. */
RelatoSource *source_fetched(RelatoSource *outer, const char *address, Str published, Error *error);

/* The name for messages. */
const char *source_name(const RelatoSource *source);
const RelatoSourceOptions *source_options(const RelatoSource *source);

/* The bytes that were read and not yet taken; valid until the next call. */
Str source_held(const RelatoSource *source);

/* Reads more; false at the end. Then source_fault tells whether the end is a
 * fault, and copies it to `error`. */
bool source_more(RelatoSource *source);
bool source_fault(const RelatoSource *source, Error *error);

/* Takes bytes from the beginning of what is held, `size` of them at most. */
void source_take(RelatoSource *source, size_t size);

/* What a container tells of a report; members that it does not know are empty.
 * The date may be in any form that date_read knows; another is dropped. */
typedef struct Page {
    Str bytes;
    RelatoFormat format; /* RELATO_FORMAT_TEXT, RELATO_FORMAT_HTML, or AUTO: by content */
    Str encoding;        /* as the container declares it */
    Str url, title, outlet, byline, published, language;
} Page;

/* Makes a record of a page: 1, or -1 and `error` if its encoding is not known or
 * memory is short. `name` (may be NULL: that of the source) is copied into the
 * record, which has it then in either case. */
int source_give_page(RelatoSource *source, const char *name, const Page *page, RelatoRecord *record, Error *error);

/* An error that costs one entry of a container: -1, with the entry's name in the record. */
int source_give_fault(const char *name, RelatoRecord *record);

#endif
