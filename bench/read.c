/* Reads the records of some files again and again and tells how fast, on one
 * core: text a second, reports an hour.
 *
 *     read [--megabytes N] FILE...     (5 MB of text unless told otherwise)
 */
#include <relato.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct Records {
    RelatoRecord *items;
    size_t count, capacity;
} Records;

static double processor_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void fail(const char *what, const RelatoError *error)
{
    fprintf(stderr, "read: %s: %s\n", what, error ? error->message : "out of memory");
    exit(EXIT_FAILURE);
}

static void add_file(Records *records, const char *name)
{
    RelatoError error;
    RelatoSource *source = relato_source_open(name, NULL, &error);
    if (!source)
        fail(name, &error);
    for (RelatoRecord record; relato_source_next(source, &record, &error) > 0;) {
        if (records->count == records->capacity) {
            records->capacity = 2 * records->capacity + 8;
            records->items = realloc(records->items, records->capacity * sizeof *records->items);
            if (!records->items)
                fail(name, NULL);
        }
        records->items[records->count++] = record;
    }
    relato_source_close(source);
}

int main(int count, char **arguments)
{
    double megabytes = 5, size = 0;
    size_t reports = 0;
    Records records = { 0 };
    RelatoError error;
    for (int i = 1; i < count; i++)
        if (!strcmp(arguments[i], "--megabytes") && i + 1 < count)
            megabytes = strtod(arguments[++i], NULL);
        else
            add_file(&records, arguments[i]);
    RelatoKnowledge *knowledge = relato_knowledge_open(NULL, NULL, 0, &error);
    if (!knowledge)
        fail("knowledge", &error);
    if (records.count == 0)
        fail("no records", NULL);

    double reading = 0, writing = 0;
    while (size < 1e6 * megabytes) {
        double begin = processor_seconds();
        RelatoReading *one = relato_read(knowledge, &records.items[reports % records.count], NULL, &error);
        double read = processor_seconds();
        if (!one)
            fail("a record", &error);
        free(relato_reading_format(one, RELATO_OUTPUT_JSON, NULL, NULL));
        size += (double)relato_reading_text(one).size;
        relato_reading_free(one);
        reports++;
        reading += read - begin;
        writing += processor_seconds() - read;
    }
    printf("%zu reports, %.1f MB of text on one core\n", reports, size / 1e6);
    printf("reading      %6.2f MB/s  %9.0f reports an hour\n", size / 1e6 / reading, 3600 * (double)reports / reading);
    printf("and JSON     %6.2f MB/s  %9.0f reports an hour\n", size / 1e6 / (reading + writing),
           3600 * (double)reports / (reading + writing));
    relato_knowledge_close(knowledge);
    for (size_t i = 0; i < records.count; i++)
        relato_record_free(&records.items[i]);
    free(records.items);
    return EXIT_SUCCESS;
}
