/* Reads one report from standard input and prints who is in it:
 *     cc example.c $(pkg-config --cflags --libs relato) && ./a.out < report.txt */
#include <relato.h>
#include <stdlib.h>

int main(void)
{
    RelatoError error;
    RelatoKnowledge *knowledge = relato_knowledge_open(NULL, NULL, 0, &error);
    RelatoSource *source = knowledge ? relato_source_open("-", NULL, &error) : NULL;
    RelatoRecord record;
    int got = source ? relato_source_next(source, &record, &error) : -1;
    RelatoReading *reading = got > 0 ? relato_read(knowledge, &record, NULL, &error) : NULL;
    if (!reading) {
        fprintf(stderr, "example: %s\n", got == 0 ? "nothing to read" : error.message);
        return EXIT_FAILURE;
    }
    size_t count;
    const RelatoEntity *entities = relato_reading_entities(reading, &count);
    for (size_t i = 0; i < count; i++)
        printf("%s\t%.*s\t%.*s\n", relato_entity_type_name(entities[i].type), (int)entities[i].country.size,
               entities[i].country.at, (int)entities[i].name.size, entities[i].name.at);
    relato_reading_free(reading);
    relato_record_free(&record);
    relato_source_close(source);
    relato_knowledge_close(knowledge);
    return EXIT_SUCCESS;
}
