/* For tests of what is read from tokens on: the lexicons of the languages,
 * compiled from the sources, and documents of a line of text. */
#ifndef READER_H
#define READER_H

#include "test.h"

#include "core/error.h"
#include "core/utf8.h"
#include "language/compile.h"
#include "language/knowledge.h"
#include "syntax/tokens.h"

enum { PT, ES, EN, LANGUAGES };
static Language languages[LANGUAGES] = { { .code = "pt" }, { .code = "es" }, { .code = "en" } };
static Arena arena;
static jmp_buf escape;

static inline int set_up_reader(void **state)
{
    (void)state;
    static const char *const folders[] = { "lexicon" };
    arena_init(&arena, 0, &escape);
    LanguageCodes codes = compile_languages("lexicon");
    for (int i = 0; i < LANGUAGES; i++) {
        Error error;
        size_t mistakes, size;
        char *image =
            compile_language(languages[i].code, &codes, folders, 1, NULL, false, NULL, NULL, &mistakes, &size);
        assert_non_null(image);
        assert_int_equal(mistakes, 0);
        assert_true(lexicon_adopt(&languages[i].lexicon, image, size, &error));
    }
    return 0;
}

static inline int tear_down_reader(void **state)
{
    (void)state;
    for (int i = 0; i < LANGUAGES; i++)
        lexicon_close(&languages[i].lexicon);
    arena_free(&arena);
    return 0;
}

/* A document with tokens, published on a day ("" if unknown). */
static inline Document document_of(int language, Str text, const char *published)
{
    Document document = { .arena = &arena, .text = utf8_normalise(&arena, text) };
    document.meta.published = str_of(published);
    tokens_stage(&document, &languages[language]);
    return document;
}

/* The content of a file below the project's folder. */
static inline Str file_content(const char *path)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *bytes = arena_alloc(&arena, 1 << 20);
    size_t size = fread(bytes, 1, 1 << 20, file);
    fclose(file);
    return (Str){ bytes, size };
}

#endif
