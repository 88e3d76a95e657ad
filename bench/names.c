/* Tells how long finding, coding and joining names takes, on one core: names KNOWLEDGE
 * FILE, where FILE holds reports as relato_read takes them, one a line. What stands
 * before names (tokens, trees, times) is done once and does not count. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "names/names.h"
#include "read.h"

enum { RUNS = 20 };

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* The seconds of one run over a reading's document, which stays as it is. */
static double time_of(const RelatoReading *reading)
{
    jmp_buf escape;
    Arena arena;
    arena_init(&arena, 0, &escape);
    if (setjmp(escape) != 0)
        return 0;
    double start = seconds();
    for (int i = 0; i < RUNS; i++) {
        arena_reset(&arena);
        Document document = reading->document;
        document.arena = &arena;
        document.entity_count = 0;
        names_stage(&document, reading->language);
    }
    double taken = (seconds() - start) / RUNS;
    arena_free(&arena);
    return taken;
}

int main(int count, char **arguments)
{
    static char line[1 << 20];
    RelatoError error;
    RelatoKnowledge *knowledge = count == 3 ? relato_knowledge_open(arguments[1], NULL, 0, &error) : NULL;
    FILE *file = knowledge ? fopen(arguments[2], "rb") : NULL;
    double taken = 0;
    size_t tokens = 0;
    if (!file) {
        fputs("usage: names KNOWLEDGE FILE\n", stderr);
        return 2;
    }
    while (fgets(line, sizeof line, file)) {
        RelatoRecord record = { .bytes = line, .size = strlen(line), .format = RELATO_FORMAT_JSON, .name = "FILE" };
        RelatoReading *reading = relato_read(knowledge, &record, NULL, &error);
        if (!reading)
            continue;
        taken += time_of(reading);
        tokens += reading->document.token_count;
        relato_reading_free(reading);
    }
    fclose(file);
    printf("names  %5.2f microseconds a token  (%zu tokens)\n", 1e6 * taken / (double)(tokens ? tokens : 1), tokens);
    relato_knowledge_close(knowledge);
    return 0;
}
