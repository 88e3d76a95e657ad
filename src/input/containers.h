/* Containers: files that hold many reports. Each is a reader that takes bytes
 * from a source and gives records.
 *
 *     folder.c   a directory and what is below it
 *     packed.c   zip and tar, through libarchive
 *     warc.c     web archives (ISO 28500)
 *     feed.c     RSS, Atom, sitemaps
 *     mail.c     messages (RFC 5322, MIME), alone and as MBOX
 *
 * What a container holds that can be no report - images, styles, programs - is
 * passed over. What should be one and cannot be read is an error of that entry.
 */
#ifndef RELATO_INPUT_CONTAINERS_H
#define RELATO_INPUT_CONTAINERS_H

#include "input/source.h"

/* As relato_source_next and relato_source_close. */
typedef struct Reader {
    int (*next)(void *context, RelatoRecord *record, Error *error);
    void (*close)(void *context);
    void *context;
} Reader;

/* Whether a container of this kind begins with these bytes. */
bool packed_recognise(Str bytes);
bool warc_recognise(Str bytes);
bool feed_recognise(Str bytes);
bool mail_recognise(Str bytes);

/* Each fills `reader` with one that reads what the source holds and will give;
 * the source outlives it. False and `error` if memory is short. */
bool packed_open(Reader *reader, RelatoSource *source, Error *error);
bool warc_open(Reader *reader, RelatoSource *source, Error *error);
bool feed_open(Reader *reader, RelatoSource *source, Error *error);
bool mail_open(Reader *reader, RelatoSource *source, Error *error);

/* The directory that the source is named after, its files in the order of their
 * names, files below folders included; links to folders are not followed. */
bool folder_open(Reader *reader, RelatoSource *source, Error *error);

/* True if a file with this name, found in a folder or an archive, may be a
 * report or hold some: by its ending, or because it has none. */
bool is_readable_name(Str name);

#endif
