/* Zip and tar. Entries are read in the order in which they stand, without
 * seeking, so that an archive may come from a pipe. */
#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>

#include "input/containers.h"

typedef struct Packed {
    RelatoSource *outer;
    struct archive *archive;
    size_t lent;         /* bytes of the outer source that libarchive looks at */
    RelatoSource *inner; /* the entry under way, or NULL */
    char *entry;         /* its name: that of the archive and its own */
    bool broken;         /* nothing more can be had */
} Packed;

/* Zip archives of office programs and electronic books begin with what says so. */
static bool is_office(Str bytes)
{
    static const char *const signs[] = { "mimetypeapplication/", "[Content_Types].xml" };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (str_starts(str_slice(bytes, bytes.size < 30 ? bytes.size : 30, bytes.size), str_of(signs[i])))
            return true;
    return false;
}

bool packed_recognise(Str bytes)
{
    return (str_starts(bytes, STR("PK\3\4")) && !is_office(bytes)) ||
           (bytes.size >= 263 && str_starts(str_slice(bytes, 257, bytes.size), STR("ustar")));
}

static la_ssize_t lend(struct archive *archive, void *context, const void **bytes)
{
    Packed *packed = context;
    Error fault;
    source_take(packed->outer, packed->lent);
    packed->lent = 0;
    if (!source_held(packed->outer).size && !source_more(packed->outer)) {
        if (!source_fault(packed->outer, &fault))
            return 0;
        archive_set_error(archive, ARCHIVE_FATAL, "%s", fault.message);
        return -1;
    }
    Str held = source_held(packed->outer);
    packed->lent = held.size;
    *bytes = held.at;
    return (la_ssize_t)held.size;
}

/* ---- entries ------------------------------------------------------------------ */

static size_t read_entry(void *context, char *bytes, size_t size, bool *failed, Error *error)
{
    Packed *packed = context;
    la_ssize_t got = archive_read_data(packed->archive, bytes, size);
    if (got >= 0)
        return (size_t)got;
    const char *why = archive_error_string(packed->archive);
    packed->broken = got == ARCHIVE_FATAL;
    *failed = true;
    error_set(error, RELATO_ERROR_INPUT, 0, SIZE_MAX, "cannot be unpacked: %s", why ? why : "its data are broken");
    return 0;
}

static void leave_entry(void *context)
{
    (void)context;
}

/* The name of an entry behind that of its archive, fit to be printed. */
static char *full_name(const Packed *packed, struct archive_entry *entry)
{
    const char *name = archive_entry_pathname_utf8(entry);
    if (!name)
        name = archive_entry_pathname(entry);
    const char *outer = source_name(packed->outer);
    size_t size = strlen(outer) + 1 + (name ? strlen(name) : 1) + 1;
    char *full = malloc(size);
    if (!full)
        return NULL;
    snprintf(full, size, "%s/%s", outer, name ? name : "?");
    for (char *c = full; *c; c++)
        if ((unsigned char)*c < ' ' || *c == 0x7F)
            *c = '?';
    return full;
}

/* Goes on to the next entry that may be read: 1, 0 at the end, or -1. */
static int next_entry(Packed *packed, Error *error)
{
    struct archive_entry *entry;
    int result;
    while ((result = archive_read_next_header(packed->archive, &entry)) >= ARCHIVE_WARN) {
        if (result == ARCHIVE_EOF)
            return 0;
        free(packed->entry);
        packed->entry = full_name(packed, entry);
        if (!packed->entry || archive_entry_filetype(entry) != AE_IFREG || !is_readable_name(str_of(packed->entry)))
            continue;
        Stream *stream = stream_of((Supply){ read_entry, leave_entry, packed }, error);
        packed->inner = stream ? source_inside(packed->outer, stream, packed->entry, error) : NULL;
        return packed->inner ? 1 : -1;
    }
    const char *why = archive_error_string(packed->archive);
    packed->broken = true;
    error_set(error, RELATO_ERROR_INPUT, 0, SIZE_MAX, "this archive is broken: %s", why ? why : "it ends too early");
    return -1;
}

/* Reads on to the end of an entry whose size is not known beforehand: the
 * library would do so for as long as it takes. */
static bool finish_entry(Packed *packed, Error *error)
{
    char scratch[16 << 10];
    la_ssize_t got;
    size_t skipped = 0;
    while ((got = archive_read_data(packed->archive, scratch, sizeof scratch)) > 0)
        if ((skipped += (size_t)got) > IDLE_LIMIT) {
            packed->broken = true;
            return error_set(error, RELATO_ERROR_LIMIT, 0, SIZE_MAX, "is too large; the rest of the archive is left");
        }
    packed->broken = packed->broken || got == ARCHIVE_FATAL;
    return true;
}

static int packed_next(void *context, RelatoRecord *record, Error *error)
{
    Packed *packed = context;
    for (;;) {
        if (packed->inner) {
            int got = relato_source_next(packed->inner, record, error);
            if (got != 0)
                return got;
            relato_source_close(packed->inner);
            packed->inner = NULL;
            if (!packed->broken && !finish_entry(packed, error))
                return source_give_fault(packed->entry, record);
        }
        if (packed->broken)
            return 0;
        int got = next_entry(packed, error);
        if (got <= 0)
            return got;
    }
}

static void packed_close(void *context)
{
    Packed *packed = context;
    relato_source_close(packed->inner);
    archive_read_free(packed->archive);
    free(packed->entry);
    free(packed);
}

bool packed_open(Reader *reader, RelatoSource *source, Error *error)
{
    Packed *packed = calloc(1, sizeof *packed);
    struct archive *archive = packed ? archive_read_new() : NULL;
    if (!archive) {
        free(packed);
        return error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
    }
    packed->outer = source;
    packed->archive = archive;
    *reader = (Reader){ packed_next, packed_close, packed };
    archive_read_support_format_tar(archive);
    archive_read_support_format_zip_streamable(archive);
    if (archive_read_open(archive, packed, NULL, lend, NULL) == ARCHIVE_OK)
        return true;
    packed->broken = true;
    return error_set(error, RELATO_ERROR_INPUT, 0, SIZE_MAX, "this archive is broken: %s",
                     archive_error_string(archive));
}
