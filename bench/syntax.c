/* Tags and parses the words of a CoNLL-U file and tells how fast.
 *
 * usage: syntax MODEL FILE.conllu [ROUNDS]
 *
 * The words are taken as the file has them; what was found is printed as
 * CoNLL-U, the speed on standard error. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "syntax/conllu_input.h"
#include "syntax/syntax.h"

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static Str read_file(const char *name, Arena *arena)
{
    FILE *file = fopen(name, "rb");
    long size = 0;
    if (!file || fseek(file, 0, SEEK_END) != 0 || (size = ftell(file)) < 0)
        return (Str){ 0 };
    char *bytes = arena_alloc(arena, (size_t)size);
    rewind(file);
    Str text = { bytes, fread(bytes, 1, (size_t)size, file) };
    fclose(file);
    return text;
}

static void print_words(const Document *document)
{
    for (size_t s = 0; s < document->sentence_count; s++) {
        const Sentence *sentence = &document->sentences[s];
        for (uint32_t i = 0; i < sentence->word_count; i++) {
            const Word *w = &document->words[sentence->first_word + i];
            Str features = w->features.size ? w->features : STR("_");
            printf("%u\t%.*s\t%.*s\t%s\t_\t%.*s\t%u\t%.*s\t_\t_\n", i + 1, STR_ARGUMENTS(w->form),
                   STR_ARGUMENTS(w->lemma), upos_name(w->upos), STR_ARGUMENTS(features), w->head,
                   STR_ARGUMENTS(w->relation));
        }
        printf("\n");
    }
}

/* Analyses the file `rounds` times, prints the last result. */
static bool measure(const SyntaxModel *model, const char *name, int rounds, Arena *arena)
{
    Document document = { .arena = arena };
    Error error;
    if (!conllu_input(&document, read_file(name, arena), &error)) {
        fprintf(stderr, "syntax: %s:%zu: %s\n", name, error.line, error.message);
        return false;
    }
    double began = seconds();
    for (int i = 0; i < rounds; i++)
        syntax_analyse(model, NULL, &document);
    double took = (seconds() - began) / rounds;
    print_words(&document);
    fprintf(stderr, "%zu words in %.3f s: %.0f words/s\n", document.word_count, took,
            (double)document.word_count / took);
    return true;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: syntax MODEL FILE.conllu [ROUNDS]\n");
        return 2;
    }
    SyntaxModel model;
    Error error;
    double start = seconds();
    if (!syntax_model_open(&model, argv[1], &error)) {
        fprintf(stderr, "syntax: %s\n", error.message);
        return 1;
    }
    fprintf(stderr, "opened in %.2f ms\n", 1e3 * (seconds() - start));
    jmp_buf escape;
    Arena arena;
    arena_init(&arena, 0, &escape);
    if (setjmp(escape)) {
        fprintf(stderr, "syntax: out of memory\n");
        return 1;
    }
    bool measured = measure(&model, argv[2], argc > 3 ? atoi(argv[3]) : 1, &arena);
    arena_free(&arena);
    syntax_model_close(&model);
    return measured ? 0 : 1;
}
