/* A directory and what is below it. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "input/containers.h"
#include "input/fields.h"

enum { DEEPEST_FOLDER = 64 };

/* A directory that is being read: its entries by name, and the one that is next. */
typedef struct Level {
    char *path;
    struct dirent **entries;
    int count, next;
} Level;

typedef struct Folder {
    RelatoSource *source;
    RelatoSource *inner; /* the file under way, or NULL */
    char *file;          /* its path */
    Level levels[DEEPEST_FOLDER];
    int depth; /* levels in use */
} Folder;

bool is_readable_name(Str name)
{
    static const char *const packings[] = { "gz", "zst" };
    static const char *const endings[] = { "html", "htm",  "xhtml", "shtml", "php",    "asp", "aspx",
                                           "txt",  "text", "json",  "jsonl", "ndjson", "xml", "rss",
                                           "atom", "warc", "mbox",  "eml",   "zip",    "tar", "tgz" };
    size_t slash = name.size;
    while (slash && name.at[slash - 1] != '/')
        slash--;
    name = str_slice(name, slash, name.size);
    if (!name.size || name.at[0] == '.')
        return false;
    for (int parts = 0; parts < 2; parts++) {
        size_t dot = name.size;
        while (dot && name.at[dot - 1] != '.')
            dot--;
        if (!dot)
            return true;
        Str ending = str_slice(name, dot, name.size);
        for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
            if (equal_folded(ending, endings[i]))
                return true;
        bool packed = false;
        for (size_t i = 0; i < sizeof packings / sizeof *packings; i++)
            packed = packed || equal_folded(ending, packings[i]);
        if (!packed)
            return false;
        name = str_slice(name, 0, dot - 1);
    }
    return false;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_shown(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* Goes down into the directory. */
static bool go_down(Folder *folder, const char *path, Error *error)
{
    if (folder->depth == DEEPEST_FOLDER)
        return error_set(error, RELATO_ERROR_LIMIT, 0, SIZE_MAX, "lies more than %d folders deep", DEEPEST_FOLDER);
    Level level = { .path = strdup(path) };
    if (!level.path)
        return error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
    level.count = scandir(path, &level.entries, is_shown, by_name);
    if (level.count < 0) {
        free(level.path);
        return error_set(error, RELATO_ERROR_IO, 0, SIZE_MAX, "cannot be opened: %s", strerror(errno));
    }
    folder->levels[folder->depth++] = level;
    return true;
}

static void go_up(Folder *folder)
{
    Level *level = &folder->levels[--folder->depth];
    for (int i = 0; i < level->count; i++)
        free(level->entries[i]);
    free(level->entries);
    free(level->path);
}

static char *path_of(const Level *level, const char *name)
{
    size_t size = strlen(level->path) + 1 + strlen(name) + 1;
    bool ends = level->path[0] && level->path[strlen(level->path) - 1] == '/';
    char *path = malloc(size);
    if (path)
        snprintf(path, size, "%s%s%s", level->path, ends ? "" : "/", name);
    return path;
}

/* Opens what stands at the path, which it takes over. 1: a file that is to be
 * read; 0: something else; -1 and `error`, with the path in folder->file. */
static int enter(Folder *folder, char *path, Error *error)
{
    struct stat status;
    free(folder->file);
    folder->file = path;
    if (lstat(path, &status) != 0) {
        error_set(error, RELATO_ERROR_IO, 0, SIZE_MAX, "cannot be opened: %s", strerror(errno));
        return -1;
    }
    if (S_ISDIR(status.st_mode))
        return go_down(folder, path, error) ? 0 : -1;
    if (S_ISLNK(status.st_mode) && (stat(path, &status) != 0 || S_ISDIR(status.st_mode)))
        return 0;
    if (!S_ISREG(status.st_mode) || !is_readable_name(str_of(path)))
        return 0;
    Stream *stream = stream_open(path, error);
    folder->inner = stream ? source_inside(folder->source, stream, path, error) : NULL;
    return folder->inner ? 1 : -1;
}

static int folder_next(void *context, RelatoRecord *record, Error *error)
{
    Folder *folder = context;
    for (;;) {
        if (folder->inner) {
            int got = relato_source_next(folder->inner, record, error);
            if (got != 0)
                return got;
            relato_source_close(folder->inner);
            folder->inner = NULL;
        }
        if (!folder->depth)
            return 0;
        Level *level = &folder->levels[folder->depth - 1];
        if (level->next == level->count) {
            go_up(folder);
            continue;
        }
        char *path = path_of(level, level->entries[level->next++]->d_name);
        if (!path) {
            error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
            return -1;
        }
        if (enter(folder, path, error) < 0)
            return source_give_fault(folder->file, record);
    }
}

static void folder_close(void *context)
{
    Folder *folder = context;
    relato_source_close(folder->inner);
    while (folder->depth)
        go_up(folder);
    free(folder->file);
    free(folder);
}

bool folder_open(Reader *reader, RelatoSource *source, Error *error)
{
    Folder *folder = calloc(1, sizeof *folder);
    if (!folder)
        return error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
    folder->source = source;
    *reader = (Reader){ folder_next, folder_close, folder };
    if (go_down(folder, source_name(source), error))
        return true;
    *reader = (Reader){ NULL, NULL, NULL };
    free(folder);
    return false;
}
