#include "input/http.h"

#include <stdlib.h>
#include <zlib.h>

#include "input/fields.h"

/* Joins the chunks of a body (RFC 9112, 7.1). What follows a chunk that is none is dropped. */
static void join_chunks(Str body, Buffer *out)
{
    while (body.size) {
        size_t line = str_find_byte(body, '\n', 0), size = 0, i = 0;
        for (; i < line && i < 8; i++) {
            const char *digits = "0123456789abcdef", *found = strchr(digits, body.at[i] | ' ');
            if (!found || !body.at[i] || body.at[i] == ' ')
                break;
            size = size * 16 + (size_t)(found - digits);
        }
        if (i == 0 || size == 0 || line == body.size)
            return;
        body = str_slice(body, line + 1, body.size);
        size = size < body.size ? size : body.size;
        buffer_add(out, str_slice(body, 0, size));
        body = str_slice(body, size, body.size);
        while (body.size && (body.at[0] == '\r' || body.at[0] == '\n'))
            body = str_slice(body, 1, body.size);
    }
}

/* Unpacks gzip, zlib or raw deflate data (`window`: zlib's windowBits). What is cut off gives what is there. */
static bool inflate_all(Str packed, int window, size_t most, Buffer *out, Error *error)
{
    enum { STEP = 64 << 10 };
    z_stream stream = { .next_in = (Bytef *)(uintptr_t)packed.at, .avail_in = (uInt)packed.size };
    if (inflateInit2(&stream, window) != Z_OK)
        return error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
    int result = Z_OK;
    while (result == Z_OK && out->size <= most) {
        char *end = buffer_reserve(out, STEP);
        if (!end)
            break;
        stream.next_out = (Bytef *)end;
        stream.avail_out = STEP;
        result = inflate(&stream, Z_NO_FLUSH);
        out->size += STEP - stream.avail_out;
        if (stream.avail_out == STEP && stream.avail_in == 0)
            break;
    }
    inflateEnd(&stream);
    if (out->size > most)
        return error_set(error, RELATO_ERROR_LIMIT, 0, SIZE_MAX, "is larger than %zu MB unpacked", most >> 20);
    return (result != Z_DATA_ERROR && result != Z_NEED_DICT) || out->size ||
           error_set(error, RELATO_ERROR_INPUT, 0, SIZE_MAX, "its packed data are broken");
}

static bool unpack(Response *response, size_t most, Buffer *unpacked, Error *error)
{
    Str packing = fields_value(response->fields, "Content-Encoding"), packed = response->body;
    if (!packing.size || equal_folded(packing, "identity"))
        return true;
    bool gzip = equal_folded(packing, "gzip") || equal_folded(packing, "x-gzip");
    if (!gzip && !equal_folded(packing, "deflate"))
        return error_set(error, RELATO_ERROR_INPUT, 0, SIZE_MAX, "is packed as %.*s, which is not known here",
                         (int)(packing.size < 40 ? packing.size : 40), packing.at);
    /* Some archives keep the field and have unpacked the body. */
    if (gzip && !str_starts(packed, STR("\x1F\x8B")))
        return true;
    bool zlib = packed.size > 1 && (packed.at[0] & 0x0F) == 8 && /* RFC 1950 */
                ((unsigned char)packed.at[0] * 256 + (unsigned char)packed.at[1]) % 31 == 0;
    Buffer joined = *unpacked; /* the packed bytes may stand in it */
    *unpacked = (Buffer){ 0 };
    bool done = inflate_all(packed, gzip ? 15 + 16 : zlib ? 15 : -15, most, unpacked, error);
    buffer_free(&joined);
    response->body = buffer_str(unpacked);
    return done;
}

bool http_response(Str bytes, size_t most, Buffer *unpacked, Response *response, Error *error)
{
    *response = (Response){ 0 };
    size_t line = str_find_byte(bytes, '\n', 0), space = str_find_byte(bytes, ' ', 0);
    size_t length = str_starts(bytes, STR("HTTP/")) && space < line ? fields_length(bytes) : SIZE_MAX;
    if (length == SIZE_MAX)
        return error_set(error, RELATO_ERROR_INPUT, 0, SIZE_MAX, "holds no response of a web server");
    char digits[4] = { 0 };
    memcpy(digits, bytes.at + space + 1, line - space > 3 ? 3 : 0);
    response->status = atoi(digits);
    response->fields = str_slice(bytes, line + 1, length);
    response->body = str_slice(bytes, length, bytes.size);
    if (equal_folded(fields_value(response->fields, "Transfer-Encoding"), "chunked")) {
        size_t begins = 0; /* some archives have joined the chunks and kept the field */
        while (begins < response->body.size && strchr("0123456789abcdefABCDEF", response->body.at[begins]) &&
               response->body.at[begins])
            begins++;
        if (begins && begins < response->body.size && strchr("\r;\n", response->body.at[begins])) {
            join_chunks(response->body, unpacked);
            response->body = buffer_str(unpacked);
        }
    }
    return unpack(response, most, unpacked, error);
}
