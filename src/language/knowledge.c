#include "language/knowledge.h"

#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/mapping.h"
#include "language/compile.h"

#ifndef RELATO_DATADIR
#define RELATO_DATADIR "/usr/local/share/relato"
#endif

/* A longer path is cut and then not found. */
enum { PATH_SIZE = KNOWLEDGE_PATH_SIZE };

const Language *knowledge_language(const RelatoKnowledge *knowledge, Str code)
{
    for (size_t i = 0; i < knowledge->language_count; i++) {
        Str known = str_of(knowledge->languages[i].code);
        if (str_starts(code, known) &&
            (code.size == known.size || code.at[known.size] == '-' || code.at[known.size] == '_'))
            return &knowledge->languages[i];
    }
    return NULL;
}

/* Where the knowledge stands: RELATO_DATA; beside the program, as the build
 * leaves it, or as an installation has it; else where it was to be installed. */
static bool find_directory(char *path, Error *error)
{
    static const char *const beside[] = { "/knowledge", "/../share/relato" };
    const char *named = getenv("RELATO_DATA");
    if (named && *named) {
        snprintf(path, PATH_SIZE, "%s", named);
        return is_directory(path) ||
               error_set(error, RELATO_ERROR_LEXICON, 0, SIZE_MAX, "RELATO_DATA names no folder: %s", path);
    }
    char program[PATH_SIZE];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    program[length > 0 ? length : 0] = '\0';
    char *slash = strrchr(program, '/');
    for (size_t i = 0; slash && i < sizeof beside / sizeof *beside; i++) {
        snprintf(path, PATH_SIZE, "%.*s%s", (int)(slash - program), program, beside[i]);
        if (is_directory(path))
            return true;
    }
    snprintf(path, PATH_SIZE, "%s", RELATO_DATADIR);
    return is_directory(path) ||
           error_set(error, RELATO_ERROR_LEXICON, 0, SIZE_MAX,
                     "no lexicons found in %s: install Relato or name their folder in RELATO_DATA", path);
}

bool knowledge_folder(char path[KNOWLEDGE_PATH_SIZE], const char *name, Error *error)
{
    if (!find_directory(path, error))
        return false;
    size_t length = strlen(path);
    snprintf(path + length, PATH_SIZE - length, "/%s", name);
    return is_directory(path) || error_set(error, RELATO_ERROR_LEXICON, 0, SIZE_MAX, "there is no folder %s", path);
}

static int by_code(const void *a, const void *b)
{
    return strcmp(((const Language *)a)->code, ((const Language *)b)->code);
}

/* Maps every CODE.lexicon of the folder. */
static bool open_images(RelatoKnowledge *knowledge, const char *directory, Error *error)
{
    DIR *stream = opendir(directory);
    bool fine = true;
    for (struct dirent *entry; fine && stream && (entry = readdir(stream));) {
        Str name = str_of(entry->d_name), suffix = STR(".lexicon");
        if (!str_ends(name, suffix) || name.size - suffix.size >= sizeof knowledge->languages[0].code ||
            knowledge->language_count == MOST_LANGUAGES)
            continue;
        Language *language = &knowledge->languages[knowledge->language_count];
        char path[PATH_SIZE];
        snprintf(path, sizeof path, "%s/%s", directory, entry->d_name);
        memcpy(language->code, name.at, name.size - suffix.size);
        fine = lexicon_open(&language->lexicon, path, error);
        knowledge->language_count += fine;
    }
    if (stream)
        closedir(stream);
    if (fine && knowledge->language_count == 0)
        return error_set(error, RELATO_ERROR_LEXICON, 0, SIZE_MAX, "%s holds no compiled lexicon", directory);
    return fine;
}

/* The first mistake in the sources, kept for the error. */
static void keep_first(void *context, const char *file, size_t line, const char *message)
{
    Error *error = context;
    if (error && error->status == RELATO_OK)
        error_set(error, RELATO_ERROR_LEXICON, 0, SIZE_MAX, "%s:%zu: %s", file, line, message);
}

/* Compiles the sources below `directory` with the users' folders laid over them. */
static bool compile_images(RelatoKnowledge *knowledge, const char *directory, const char *const *lexicons, size_t count,
                           Error *error)
{
    char sources[PATH_SIZE];
    const char *folders[MOST_FOLDERS] = { sources };
    if (count >= MOST_FOLDERS)
        return error_set(error, RELATO_ERROR_LEXICON, 0, SIZE_MAX, "more than %d lexicon folders", MOST_FOLDERS - 1);
    snprintf(sources, sizeof sources, "%s/lexicon", directory);
    for (size_t i = 0; i < count; i++) {
        if (!is_directory(lexicons[i]))
            return error_set(error, RELATO_ERROR_LEXICON, 0, SIZE_MAX, "%s is no folder", lexicons[i]);
        folders[i + 1] = lexicons[i];
    }
    Error first = { .status = RELATO_OK };
    LanguageCodes languages = compile_languages(sources);
    for (size_t i = 0; i < languages.count; i++) {
        Language *language = &knowledge->languages[i];
        size_t size, mistakes;
        char *image = compile_language(languages.codes[i], &languages, folders, count + 1, &knowledge->gazetteer, false,
                                       keep_first, &first, &mistakes, &size);
        if (mistakes || !image) {
            free(image);
            if (first.status == RELATO_OK)
                error_set(&first, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
            if (error)
                *error = first;
            return false;
        }
        memcpy(language->code, languages.codes[i], sizeof language->code);
        if (!lexicon_adopt(&language->lexicon, image, size, error))
            return false;
        knowledge->language_count++;
    }
    if (languages.count == 0)
        return error_set(error, RELATO_ERROR_LEXICON, 0, SIZE_MAX, "%s holds no folder of a language", sources);
    return true;
}

/* Maps the gazetteer, which is one for all languages. */
static bool open_gazetteer(RelatoKnowledge *knowledge, const char *directory, Error *error)
{
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/%s", directory, GAZETTEER_FILE);
    return mapping_open(&knowledge->gazetteer_file, path, error) &&
           gazetteer_open(&knowledge->gazetteer, knowledge->gazetteer_file, path, error);
}

/* Maps the model for identifying languages, and the models CODE.syntax.bin and
 * CODE.names.bin of each language that has them. */
static bool open_models(RelatoKnowledge *knowledge, const char *directory, Error *error)
{
    char identifier[PATH_SIZE];
    snprintf(identifier, sizeof identifier, "%s/language-identification.bin", directory);
    if (!mapping_open(&knowledge->identifier_file, identifier, error) ||
        !identifier_open(&knowledge->identifier, knowledge->identifier_file, error))
        return false;
    for (size_t i = 0; i < knowledge->language_count; i++) {
        char path[PATH_SIZE];
        knowledge->languages[i].gazetteer = &knowledge->gazetteer;
        snprintf(path, sizeof path, "%s/%s.syntax.bin", directory, knowledge->languages[i].code);
        if (access(path, F_OK) == 0 && !syntax_model_open(&knowledge->languages[i].syntax, path, error))
            return false;
        snprintf(path, sizeof path, "%s/%s.names.bin", directory, knowledge->languages[i].code);
        if (access(path, F_OK) == 0 && !names_tagger_open(&knowledge->languages[i].tagger, path, error))
            return false;
    }
    return true;
}

RelatoKnowledge *relato_knowledge_open(const char *directory, const char *const *lexicons, size_t count,
                                       RelatoError *error)
{
    char found[PATH_SIZE];
    if (!directory && !find_directory(found, error))
        return NULL;
    directory = directory ? directory : found;
    RelatoKnowledge *knowledge = calloc(1, sizeof *knowledge);
    if (!knowledge) {
        error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
        return NULL;
    }
    bool fine = open_gazetteer(knowledge, directory, error) &&
                (count ? compile_images(knowledge, directory, lexicons, count, error)
                       : open_images(knowledge, directory, error));
    if (!fine || !open_models(knowledge, directory, error)) {
        relato_knowledge_close(knowledge);
        return NULL;
    }
    qsort(knowledge->languages, knowledge->language_count, sizeof *knowledge->languages, by_code);
    for (size_t i = 0; i < knowledge->language_count; i++) /* where they stay */
        knowledge->languages[i].names = names_open(&knowledge->languages[i].lexicon);
    if (knowledge->language_count)
        knowledge->hints = hints_open(&knowledge->languages[0].lexicon);
    for (size_t i = 0; i < knowledge->language_count; i++)
        sprintf(knowledge->language_list + strlen(knowledge->language_list), "%s%s", i ? ", " : "",
                knowledge->languages[i].code);
    return knowledge;
}

void relato_knowledge_close(RelatoKnowledge *knowledge)
{
    if (!knowledge)
        return;
    for (size_t i = 0; i < knowledge->language_count; i++) {
        lexicon_close(&knowledge->languages[i].lexicon);
        syntax_model_close(&knowledge->languages[i].syntax);
        names_tagger_close(&knowledge->languages[i].tagger);
    }
    mapping_close(knowledge->identifier_file);
    mapping_close(knowledge->gazetteer_file);
    free(knowledge);
}
