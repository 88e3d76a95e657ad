#include "input/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

enum { INPUT_SIZE = 64 << 10 };

typedef enum Packing { UNKNOWN, PLAIN, GZIP, ZSTD } Packing;

struct Stream {
    Supply supply;
    Packing packing;
    bool at_end;    /* of the supply */
    bool in_member; /* a gzip member or zstd frame is begun and not ended */
    bool broken;    /* the packed data end here */
    bool over;      /* nothing more is given */
    z_stream gzip;
    ZSTD_DCtx *zstd;
    size_t start, end; /* part of input not yet used */
    unsigned char input[INPUT_SIZE];
};

static const unsigned char gzip_magic[] = { 0x1F, 0x8B, 0x08 };

/* A zstd frame, or a frame of 2^4 kinds that is to be skipped. */
static bool is_zstd(const unsigned char *bytes, size_t size)
{
    static const unsigned char frame[] = { 0x28, 0xB5, 0x2F, 0xFD }, skippable[] = { 0x2A, 0x4D, 0x18 };
    if (size < 4)
        return false;
    return memcmp(bytes, frame, 4) == 0 || ((bytes[0] & 0xF0) == 0x50 && memcmp(bytes + 1, skippable, 3) == 0);
}

/* ---- files ------------------------------------------------------------------ */

/* The context of a file is its descriptor. One read(2), again if a signal came between. */
static size_t read_file(void *context, char *bytes, size_t size, bool *failed, Error *error)
{
    ssize_t got;
    do
        got = read((int)(intptr_t)context, bytes, size);
    while (got < 0 && errno == EINTR);
    if (got >= 0)
        return (size_t)got;
    error_set(error, RELATO_ERROR_IO, 0, SIZE_MAX, "cannot be read: %s", strerror(errno));
    *failed = true;
    return 0;
}

static void close_file(void *context)
{
    if ((intptr_t)context != STDIN_FILENO)
        close((int)(intptr_t)context);
}

Stream *stream_open(const char *name, Error *error)
{
    bool standard = strcmp(name, "-") == 0;
    int file = standard ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    struct stat status;
    if (file < 0 || fstat(file, &status) != 0) {
        error_set(error, RELATO_ERROR_IO, 0, SIZE_MAX, "cannot be opened: %s", strerror(errno));
        return NULL;
    }
    Supply supply = { read_file, close_file, (void *)(intptr_t)file };
    if (!S_ISDIR(status.st_mode))
        return stream_of(supply, error);
    close_file(supply.context);
    error_set(error, RELATO_ERROR_IO, 0, SIZE_MAX, "is a directory");
    return NULL;
}

/* ---- streams ----------------------------------------------------------------- */

Stream *stream_of(Supply supply, Error *error)
{
    Stream *stream = calloc(1, sizeof *stream);
    if (stream) {
        stream->supply = supply;
    } else {
        error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
        supply.close(supply.context);
    }
    return stream;
}

void stream_close(Stream *stream)
{
    if (!stream)
        return;
    if (stream->packing == GZIP)
        inflateEnd(&stream->gzip);
    ZSTD_freeDCtx(stream->zstd);
    stream->supply.close(stream->supply.context);
    free(stream);
}

static size_t read_supply(Stream *stream, char *bytes, size_t size, bool *failed, Error *error)
{
    size_t got = stream->supply.read(stream->supply.context, bytes, size, failed, error);
    stream->at_end = got == 0;
    return got;
}

/* Sees to it that `least` bytes of input are there, if the file has them. */
static bool refill(Stream *stream, size_t least, Error *error)
{
    bool failed = false;
    memmove(stream->input, stream->input + stream->start, stream->end - stream->start);
    stream->end -= stream->start;
    stream->start = 0;
    while (stream->end < least && !stream->at_end)
        stream->end +=
            read_supply(stream, (char *)stream->input + stream->end, INPUT_SIZE - stream->end, &failed, error);
    return !failed;
}

static bool begins_member(const Stream *stream)
{
    const unsigned char *bytes = stream->input + stream->start;
    size_t size = stream->end - stream->start;
    return stream->packing == GZIP ? size >= sizeof gzip_magic && memcmp(bytes, gzip_magic, sizeof gzip_magic) == 0
                                   : is_zstd(bytes, size);
}

/* Finds out how the stream is packed. */
static bool recognise(Stream *stream, Error *error)
{
    if (!refill(stream, 4, error))
        return false;
    stream->packing = GZIP;
    if (begins_member(stream)) {
        stream->in_member = true;
        return inflateInit2(&stream->gzip, 15 + 16) == Z_OK || /* 15: largest window; 16: gzip, not zlib */
               error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
    }
    stream->packing = ZSTD;
    if (begins_member(stream)) {
        stream->in_member = true;
        stream->zstd = ZSTD_createDCtx();
        return stream->zstd || error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
    }
    stream->packing = PLAIN;
    return true;
}

static size_t read_plain(Stream *stream, char *bytes, size_t size, bool *failed, Error *error)
{
    size_t held = stream->end - stream->start;
    if (!held)
        return stream->at_end ? 0 : read_supply(stream, bytes, size, failed, error);
    if (held > size)
        held = size;
    memcpy(bytes, stream->input + stream->start, held);
    stream->start += held;
    return held;
}

/* Whether another gzip member or zstd frame follows. Zeros that fill up a tape
 * block are passed over; anything else there is a fault. */
static bool next_member(Stream *stream, bool *failed, Error *error)
{
    do {
        *failed = !refill(stream, 4, error);
        while (stream->start < stream->end && stream->input[stream->start] == 0)
            stream->start++;
    } while (!*failed && stream->start == stream->end && !stream->at_end);
    if (!*failed)
        *failed = !refill(stream, 4, error);
    if (*failed || stream->end == 0)
        return false;
    if (!begins_member(stream)) {
        *failed = true;
        return error_set(error, RELATO_ERROR_INPUT, 0, SIZE_MAX, "something else follows behind the end of its %s data",
                         stream->packing == GZIP ? "gzip" : "zstd");
    }
    if (stream->packing == GZIP)
        inflateReset(&stream->gzip);
    return stream->in_member = true;
}

/* Unpacks what it can of the input to `bytes`; returns how much. */
static size_t inflate_some(Stream *stream, char *bytes, size_t size)
{
    stream->gzip.next_in = stream->input + stream->start;
    stream->gzip.avail_in = (uInt)(stream->end - stream->start);
    stream->gzip.next_out = (unsigned char *)bytes;
    stream->gzip.avail_out = (uInt)(size < INPUT_SIZE ? size : INPUT_SIZE);
    uInt room = stream->gzip.avail_out;
    int result = inflate(&stream->gzip, Z_NO_FLUSH);
    stream->broken = result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR;
    stream->in_member = result != Z_STREAM_END;
    stream->start = stream->end - stream->gzip.avail_in;
    return room - stream->gzip.avail_out;
}

static size_t decompress_some(Stream *stream, char *bytes, size_t size)
{
    ZSTD_inBuffer in = { stream->input, stream->end, stream->start };
    ZSTD_outBuffer out = { bytes, size, 0 };
    size_t result = ZSTD_decompressStream(stream->zstd, &out, &in);
    stream->broken = ZSTD_isError(result);
    stream->in_member = result != 0;
    stream->start = in.pos;
    return out.pos;
}

static size_t broken_off(const Stream *stream, const char *how, bool *failed, Error *error)
{
    error_set(error, RELATO_ERROR_INPUT, 0, SIZE_MAX, "its %s data are %s", stream->packing == GZIP ? "gzip" : "zstd",
              how);
    *failed = true;
    return 0;
}

static size_t read_packed(Stream *stream, char *bytes, size_t size, bool *failed, Error *error)
{
    while (!stream->broken && (stream->in_member || next_member(stream, failed, error))) {
        size_t held = stream->end - stream->start;
        size_t got = stream->packing == GZIP ? inflate_some(stream, bytes, size) : decompress_some(stream, bytes, size);
        if (got)
            return got; /* a fault that came with it is told next time */
        if (stream->broken || !stream->in_member || stream->end - stream->start < held)
            continue;
        if (stream->at_end)
            return broken_off(stream, "cut off", failed, error);
        *failed = !refill(stream, held + 1, error);
        if (*failed)
            return 0;
    }
    return stream->broken ? broken_off(stream, "broken", failed, error) : 0;
}

size_t stream_read(Stream *stream, char *bytes, size_t size, bool *failed, Error *error)
{
    *failed = false;
    if (stream->over)
        return 0;
    if (stream->packing == UNKNOWN && !recognise(stream, error))
        *failed = stream->over = true;
    if (stream->over)
        return 0;
    size_t got = stream->packing == PLAIN ? read_plain(stream, bytes, size, failed, error)
                                          : read_packed(stream, bytes, size, failed, error);
    stream->over = got == 0;
    return got;
}
