#include "server/server.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <zlib.h>

enum { DEEPEST = 8, LARGEST_FILE = 16 << 20, PATH_SIZE = 4096 };

static const struct {
    const char *ending, *type;
} types[] = {
    { ".html", "text/html; charset=utf-8" },
    { ".js", "text/javascript; charset=utf-8" },
    { ".css", "text/css; charset=utf-8" },
    { ".json", "application/json; charset=utf-8" },
    { ".svg", "image/svg+xml" },
    { ".png", "image/png" },
    { ".ico", "image/x-icon" },
    { ".woff2", "font/woff2" },
    { ".txt", "text/plain; charset=utf-8" },
};

static const char *type_of(const char *path)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_ends(str_of(path), str_of(types[i].ending)))
            return types[i].type;
    return "application/octet-stream";
}

char *packed_as_gzip(const char *bytes, size_t size, size_t *packed_size)
{
    z_stream stream = { .next_in = (Bytef *)(uintptr_t)bytes, .avail_in = (uInt)size };
    if (size < 512 || size > UINT32_MAX / 2 ||
        deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) /* 15: window; 16: gzip */
        return NULL;
    char *packed = malloc(size);
    stream.next_out = (Bytef *)packed;
    stream.avail_out = (uInt)size;
    bool done = packed && deflate(&stream, Z_FINISH) == Z_STREAM_END;
    *packed_size = stream.total_out;
    deflateEnd(&stream);
    if (done)
        return packed;
    free(packed);
    return NULL;
}

static char *read_whole(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    struct stat status;
    char *bytes = NULL;
    if (fstat(fileno(file), &status) == 0 && S_ISREG(status.st_mode) && status.st_size <= LARGEST_FILE)
        bytes = malloc((size_t)status.st_size + 1);
    if (bytes)
        *size = fread(bytes, 1, (size_t)status.st_size, file);
    fclose(file);
    return bytes;
}

static void load(Server *server, const char *folder, const char *path)
{
    char full[PATH_SIZE];
    snprintf(full, sizeof full, "%s%s", folder, path);
    File file = { .type = type_of(path), .lasting = strstr(path, "/assets/") != NULL };
    file.bytes = read_whole(full, &file.size);
    file.path = file.bytes ? strdup(path) : NULL;
    File *files = file.path ? realloc(server->files, (server->file_count + 1) * sizeof *files) : NULL;
    if (!files) {
        free(file.path);
        free(file.bytes);
        return;
    }
    file.packed = packed_as_gzip(file.bytes, file.size, &file.packed_size);
    snprintf(file.etag, sizeof file.etag, "\"%08x-%zx\"", str_hash((Str){ file.bytes, file.size }), file.size);
    server->files = files;
    server->files[server->file_count++] = file;
}

static void load_folder(Server *server, const char *folder, const char *path, int depth)
{
    char full[PATH_SIZE], below[PATH_SIZE];
    snprintf(full, sizeof full, "%s%s", folder, path);
    DIR *stream = depth < DEEPEST ? opendir(full) : NULL;
    for (struct dirent *entry; stream && (entry = readdir(stream));) {
        struct stat status;
        if (entry->d_name[0] == '.' || snprintf(below, sizeof below, "%s/%s", path, entry->d_name) >= PATH_SIZE ||
            snprintf(full, sizeof full, "%s%s", folder, below) >= PATH_SIZE || stat(full, &status) != 0)
            continue;
        if (S_ISDIR(status.st_mode))
            load_folder(server, folder, below, depth + 1);
        else
            load(server, folder, below);
    }
    if (stream)
        closedir(stream);
}

bool files_load(Server *server, const char *folder)
{
    load_folder(server, folder, "", 0);
    return files_find(server, "/") != NULL;
}

void files_free(Server *server)
{
    for (size_t i = 0; i < server->file_count; i++) {
        free(server->files[i].path);
        free(server->files[i].bytes);
        free(server->files[i].packed);
    }
    free(server->files);
}

const File *files_find(const Server *server, const char *path)
{
    const File *front = NULL;
    for (size_t i = 0; i < server->file_count; i++) {
        if (!strcmp(server->files[i].path, path))
            return &server->files[i];
        if (!strcmp(server->files[i].path, "/index.html"))
            front = &server->files[i];
    }
    /* /events/12 is an address of the pages, /assets/x.js is one of a file. */
    const char *last = strrchr(path, '/');
    return last && !strchr(last, '.') ? front : NULL;
}
