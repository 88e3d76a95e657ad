#include "language/compile.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "language/knowledge.h"
#include "names/names_lexicon.h"
#include "number/number.h"
#include "output/interface.h"
#include "quantity/quantity.h"
#include "time/time.h"
#include "syntax/tokens_lexicon.h"

/* The parts of a lexicon: each reads its files and adds its sections. */
static void (*const parts[])(LexiconBuilder *builder) = {
    tokens_compile,
    names_compile,
    interface_compile,
    number_compile,
    time_compile,
    quantity_compile,
    NULL,
};

static bool is_code(const char *name)
{
    size_t length = strlen(name);
    return (length == 2 || length == 3) && strspn(name, "abcdefghijklmnopqrstuvwxyz") == length;
}

static int by_code(const void *a, const void *b)
{
    return strcmp(a, b);
}

LanguageCodes compile_languages(const char *folder)
{
    LanguageCodes languages = { 0 };
    DIR *stream = opendir(folder);
    for (struct dirent *entry; stream && (entry = readdir(stream));)
        if (is_code(entry->d_name) && languages.count < MOST_LANGUAGES)
            memcpy(languages.codes[languages.count++], entry->d_name, strlen(entry->d_name) + 1);
    if (stream)
        closedir(stream);
    qsort(languages.codes, languages.count, sizeof *languages.codes, by_code);
    return languages;
}

/* Runs the parts and makes the image, with a way back for the arena. */
static char *compile_guarded(LexiconBuilder *builder, jmp_buf *escape, size_t *size)
{
    if (setjmp(*escape) != 0)
        return NULL;
    table_init(&builder->words, builder->arena);
    table_init(&builder->strings, builder->arena);
    builder_string(builder, STR(""));   /* offset 0 is "none" */
    for (size_t i = 0; parts[i]; i++)
        parts[i](builder);
    return builder_image(builder, size);
}

char *compile_language(const char *language, const LanguageCodes *languages, const char *const *folders, size_t folder_count,
                       RelatoReport *report, void *context, size_t *mistakes, size_t *size)
{
    Arena arena;
    jmp_buf escape;
    arena_init(&arena, 0, &escape);
    LexiconBuilder builder = { .arena = &arena, .language = str_of(language), .folder_count = folder_count,
                               .complaints = { report, context, 0 } };
    memcpy(builder.folders, folders, folder_count * sizeof *folders);
    builder.language_count = languages->count;
    for (size_t i = 0; i < languages->count; i++)
        builder.languages[i] = str_of(languages->codes[i]);
    char *image = compile_guarded(&builder, &escape, size);
    *mistakes = builder.complaints.count;
    buffer_free(&builder.pool);
    arena_free(&arena);
    return image;
}

static bool write_image(const char *directory, const char *language, const char *image, size_t size)
{
    /* Written beside its place and moved there: a program that has the old
     * image mapped keeps it, and a broken-off build leaves no half image. */
    char path[4096], fresh[4100];
    snprintf(path, sizeof path, "%s/%s.lexicon", directory, language);
    snprintf(fresh, sizeof fresh, "%s.new", path);
    FILE *file = fopen(fresh, "wb");
    if (!file)
        return false;
    bool written = fwrite(image, 1, size, file) == size;
    written = fclose(file) == 0 && written;
    return written && rename(fresh, path) == 0;
}

/* The files of world/ are read for every language: what was said of them once is
 * not said again. */
typedef struct Once {
    RelatoReport *report;
    void *context;
    Arena arena;
    jmp_buf escape;
    Table said;
    size_t count;
} Once;

static void report_once(void *context, const char *file, size_t line, const char *message)
{
    Once *once = context;
    bool fresh = true;
    if (setjmp(once->escape) == 0)
        table_put(&once->said, str_format(&once->arena, "%s:%zu:%s", file, line, message), &fresh);
    once->count += fresh;
    if (fresh && once->report)
        once->report(once->context, file, line, message);
}

static void compile_all(const char *sources, const char *user, const char *directory, Complaints *complaints)
{
    const char *folders[2] = { sources, user };
    LanguageCodes languages = compile_languages(sources);
    struct stat status;
    if (languages.count == 0)
        complain(complaints, sources, 0, "holds no folder of a language");
    if (user && (stat(user, &status) != 0 || !S_ISDIR(status.st_mode)))
        complain(complaints, user, 0, "is no folder");
    for (size_t i = 0; i < languages.count; i++) {
        const char *language = languages.codes[i];
        size_t size, mistakes;
        char *image = compile_language(language, &languages, folders, user ? 2 : 1, complaints->report, complaints->context,
                                       &mistakes, &size);
        if (!image)
            complain(complaints, sources, 0, "out of memory");
        else if (directory && mistakes == 0 && !write_image(directory, language, image, size))
            complain(complaints, directory, 0, "%s.lexicon cannot be written: %s", language, strerror(errno));
        free(image);
    }
}

size_t relato_lexicon_compile(const char *sources, const char *user, const char *directory, RelatoReport *report,
                              void *context)
{
    char found[KNOWLEDGE_PATH_SIZE];
    Error error;
    Once once = { .report = report, .context = context };
    Complaints complaints = { report_once, &once, 0 };
    arena_init(&once.arena, 0, &once.escape);
    table_init(&once.said, &once.arena);
    if (sources || knowledge_sources(found, &error))
        compile_all(sources ? sources : found, user, directory, &complaints);
    else
        complain(&complaints, "lexicon", 0, "%s", error.message);
    arena_free(&once.arena);
    return once.count;
}
