#include "language/compile.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>

#include "claim/claim.h"
#include "core/mapping.h"
#include "event/event_lexicon.h"
#include "language/knowledge.h"
#include "names/key.h"
#include "names/names_lexicon.h"
#include "number/number.h"
#include "output/interface.h"
#include "page/hints.h"
#include "page/lines.h"
#include "quantity/quantity.h"
#include "syntax/lemma_lexicon.h"
#include "syntax/repair.h"
#include "syntax/tokens_lexicon.h"
#include "time/time.h"

/* The parts of a lexicon: each reads its files and adds its sections. */
static void (*const parts[])(LexiconBuilder *builder) = {
    tokens_compile,   lemma_compile, names_compile, keys_compile,    interface_compile, number_compile, time_compile,
    quantity_compile, event_compile, claim_compile, repairs_compile, hints_compile,     lines_compile,  NULL,
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

/* All parts of the lexicon of one language. */
static char *make_language(LexiconBuilder *builder, size_t *size)
{
    builder_string(builder, STR("")); /* offset 0 is "none" */
    for (size_t i = 0; parts[i]; i++)
        parts[i](builder);
    return builder_image(builder, size);
}

typedef char *Make(LexiconBuilder *builder, size_t *size);

/* Makes an image, with a way back for the arena. */
static char *make_guarded(Make *make, LexiconBuilder *builder, jmp_buf *escape, size_t *size)
{
    if (setjmp(*escape) != 0)
        return NULL;
    table_init(&builder->words, builder->arena);
    table_init(&builder->strings, builder->arena);
    return make(builder, size);
}

/* Gives the builder an arena for the time of `make`. */
static char *make_image(Make *make, LexiconBuilder *builder, const char *const *folders, size_t folder_count,
                        size_t *mistakes, size_t *size)
{
    Arena arena;
    jmp_buf escape;
    arena_init(&arena, 0, &escape);
    builder->arena = &arena;
    builder->folder_count = folder_count;
    memcpy(builder->folders, folders, folder_count * sizeof *folders);
    char *image = make_guarded(make, builder, &escape, size);
    *mistakes = builder->complaints.count;
    buffer_free(&builder->pool);
    arena_free(&arena);
    builder->arena = NULL;
    return image;
}

char *compile_language(const char *language, const LanguageCodes *languages, const char *const *folders,
                       size_t folder_count, const Gazetteer *gazetteer, bool checking, RelatoReport *report,
                       void *context, size_t *mistakes, size_t *size)
{
    LexiconBuilder builder = {
        .language = str_of(language), .gazetteer = gazetteer, .checking = checking, .complaints = { report, context, 0 }
    };
    builder.language_count = languages->count;
    for (size_t i = 0; i < languages->count; i++)
        builder.languages[i] = str_of(languages->codes[i]);
    return make_image(make_language, &builder, folders, folder_count, mistakes, size);
}

char *compile_gazetteer(const char *const *folders, size_t folder_count, RelatoReport *report, void *context,
                        size_t *mistakes, size_t *size)
{
    LexiconBuilder builder = { .complaints = { report, context, 0 } };
    return make_image(gazetteer_compile, &builder, folders, folder_count, mistakes, size);
}

static bool write_image(const char *directory, const char *name, const char *image, size_t size)
{
    /* Written beside its place and moved there: a program that has the old
     * image mapped keeps it, and a broken-off build leaves no half image. */
    char path[4096], fresh[4100];
    snprintf(path, sizeof path, "%s/%s", directory, name);
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

/* Writes an image that was made, or says why there is none; frees it. */
static void finish_image(char *image, size_t size, size_t mistakes, const char *sources, const char *directory,
                         const char *name, Complaints *complaints)
{
    if (!image)
        complain(complaints, sources, 0, "out of memory");
    else if (directory && mistakes == 0 && !write_image(directory, name, image, size))
        complain(complaints, directory, 0, "%s cannot be written: %s", name, strerror(errno));
    free(image);
}

static void compile_all(const char *sources, const char *user, const char *directory, Complaints *complaints)
{
    const char *folders[2] = { sources, user };
    size_t folder_count = user ? 2 : 1, size, mistakes, places_size, places_mistakes;
    LanguageCodes languages = compile_languages(sources);
    Gazetteer gazetteer = { 0 };
    if (languages.count == 0)
        complain(complaints, sources, 0, "holds no folder of a language");
    if (user && !is_directory(user))
        complain(complaints, user, 0, "is no folder");
    char *places = compile_gazetteer(folders, folder_count, complaints->report, complaints->context, &places_mistakes,
                                     &places_size);
    if (places)
        gazetteer_open(&gazetteer, (Str){ places, places_size }, GAZETTEER_FILE, NULL);
    for (size_t i = 0; i < languages.count; i++) {
        char name[32];
        char *image = compile_language(languages.codes[i], &languages, folders, folder_count, &gazetteer,
                                       directory == NULL, complaints->report, complaints->context, &mistakes, &size);
        snprintf(name, sizeof name, "%s.lexicon", languages.codes[i]);
        finish_image(image, size, mistakes, sources, directory, name, complaints);
    }
    finish_image(places, places_size, places_mistakes, sources, directory, GAZETTEER_FILE, complaints);
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
    if (sources || knowledge_folder(found, "lexicon", &error))
        compile_all(sources ? sources : found, user, directory, &complaints);
    else
        complain(&complaints, "lexicon", 0, "%s", error.message);
    arena_free(&once.arena);
    return once.count;
}
