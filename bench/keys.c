/* Tells how long the key of a name takes, on one core: keys KNOWLEDGE FILE, where
 * FILE has names in its last two columns, as tests/cases/name-pairs.tsv. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "core/error.h"
#include "names/key.h"

enum { MOST_NAMES = 4096, LONGEST_LINE = 512 };

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Reads the names; returns how many there are. */
static size_t read_names(Arena *arena, const char *path, Str names[MOST_NAMES])
{
    char bytes[LONGEST_LINE];
    size_t count = 0;
    FILE *file = fopen(path, "rb");
    while (file && count + 2 <= MOST_NAMES && fgets(bytes, sizeof bytes, file)) {
        Str line = str_trim(str_of(bytes));
        if (line.size == 0 || line.at[0] == '#')
            continue;
        str_cut(&line, '\t');
        str_cut(&line, '\t');
        names[count++] = str_copy(arena, str_cut(&line, '\t'));
        names[count++] = str_copy(arena, line);
    }
    if (file)
        fclose(file);
    return count;
}

/* Makes all keys again and again for half a second; returns the seconds of one key. */
static double time_of(Arena *scratch, const NameKeys *keys, const Str *names, size_t count)
{
    size_t made = 0;
    double start = seconds(), taken;
    do {
        arena_reset(scratch);
        for (size_t i = 0; i < count; i++)
            name_key(scratch, keys, names[i]);
        made += count;
        taken = seconds() - start;
    } while (taken < 0.5);
    return taken / (double)made;
}

int main(int argument_count, char **arguments)
{
    static Str names[MOST_NAMES];
    char path[4096];
    Lexicon lexicon;
    Error error;
    Arena arenas[2];
    jmp_buf escape;
    snprintf(path, sizeof path, "%s/pt.lexicon", argument_count > 2 ? arguments[1] : ".");
    if (argument_count < 3 || !lexicon_open(&lexicon, path, &error)) {
        fprintf(stderr, "keys: %s\n", argument_count < 3 ? "usage: keys KNOWLEDGE FILE" : error.message);
        return EXIT_FAILURE;
    }
    if (setjmp(escape) != 0) {
        fprintf(stderr, "keys: out of memory\n");
        return EXIT_FAILURE;
    }
    arena_init(&arenas[0], 0, &escape);
    arena_init(&arenas[1], 0, &escape);
    NameKeys keys = keys_open(&lexicon);
    size_t count = read_names(&arenas[0], arguments[2], names);
    if (count)
        printf("keys  %zu names, %.0f ns each\n", count, 1e9 * time_of(&arenas[1], &keys, names, count));
    arena_free(&arenas[1]);
    arena_free(&arenas[0]);
    lexicon_close(&lexicon);
    return count ? EXIT_SUCCESS : EXIT_FAILURE;
}
