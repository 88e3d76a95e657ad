/* Tells what events and claims cost a token, on one core.
 *
 * usage: events KNOWLEDGE FILE...
 *
 * Each report of the files is read once, then the two stages run on it again and
 * again for a twentieth of a second; the sum over the reports counts. */
#include <stdio.h>
#include <time.h>

#include "claim/claim.h"
#include "event/event.h"
#include "read.h"

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* The seconds of one run of a stage on the document; what it makes is forgotten. */
static double time_of(void (*stage)(Document *document, const Language *language), const RelatoReading *reading,
                      Arena *scratch)
{
    size_t runs = 0;
    double start = seconds(), taken;
    do {
        arena_reset(scratch);
        Document document = reading->document;
        document.arena = scratch;
        stage(&document, reading->language);
        runs++;
        taken = seconds() - start;
    } while (taken < 0.05);
    return taken / (double)runs;
}

int main(int count, char **arguments)
{
    RelatoError error;
    RelatoKnowledge *knowledge = count > 2 ? relato_knowledge_open(arguments[1], NULL, 0, &error) : NULL;
    if (!knowledge) {
        fprintf(stderr, "usage: events KNOWLEDGE FILE...\n");
        return 2;
    }
    jmp_buf escape;
    Arena scratch;
    if (setjmp(escape) != 0)
        return 1;
    arena_init(&scratch, 0, &escape);
    for (int i = 2; i < count; i++) {
        RelatoSource *source = relato_source_open(arguments[i], NULL, &error);
        RelatoRecord record;
        double events = 0, claims = 0;
        size_t tokens = 0, found = 0;
        while (source && relato_source_next(source, &record, &error) > 0) {
            RelatoReading *reading = relato_read(knowledge, &record, NULL, &error);
            if (reading) {
                events += time_of(event_stage, reading, &scratch);
                claims += time_of(claim_stage, reading, &scratch);
                tokens += reading->document.token_count;
                found += reading->document.event_count;
            }
            relato_reading_free(reading);
            relato_record_free(&record);
        }
        if (tokens)
            printf("%-18s events %5.2f, claims %5.2f microseconds a token  (%zu tokens, %zu events)\n", arguments[i],
                   1e6 * events / (double)tokens, 1e6 * claims / (double)tokens, tokens, found);
        if (source)
            relato_source_close(source);
    }
    arena_free(&scratch);
    relato_knowledge_close(knowledge);
    return 0;
}
