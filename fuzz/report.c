#include "report.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/utf8.h"
#include "page/page.h"

static RelatoKnowledge *knowledge;

int LLVMFuzzerInitialize(int *count, char ***arguments);

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    (void)count, (void)arguments;
    RelatoError error;
    knowledge = relato_knowledge_open(NULL, NULL, 0, &error);
    fprintf(stderr, "fuzz: %s\n", knowledge ? "all stages" : "the page stage alone");
    return 0;
}

static void check(bool holds)
{
    if (!holds)
        abort();
}

/* What page.h promises of a text. */
static void check_text(RelatoString text)
{
    check(text.size > 0 && text.size <= RELATO_REPORT_LIMIT && utf8_invalid(text) == text.size);
    for (size_t i = 0; i < text.size; i++) {
        bool blank = text.at[i] == ' ' || text.at[i] == '\n';
        check(blank || (unsigned char)text.at[i] > ' ');
        check(!blank || (i > 0 && i + 1 < text.size && text.at[i - 1] != ' ' && text.at[i - 1] != '\n'));
    }
}

static void read_page(const RelatoRecord *record, RelatoError *error)
{
    Arena arena;
    jmp_buf escape;
    arena_init(&arena, 0, &escape);
    Document document = { .arena = &arena };
    if (page_read(&document, record, &(PageHints){ 0 }, error))
        check_text(document.text);
    arena_free(&arena);
}

static void read_all(const RelatoRecord *record, RelatoError *error)
{
    const RelatoReadOptions options = { .language = "pt" };
    RelatoReading *reading = relato_read(knowledge, record, &options, error);
    if (!reading)
        return;
    check_text(relato_reading_text(reading));
    for (RelatoOutput output = RELATO_OUTPUT_TEXT; output <= RELATO_OUTPUT_TIMEML; output++)
        free(relato_reading_format(reading, output, NULL, &(size_t){ 0 }));
    relato_reading_free(reading);
}

void fuzz_report(const RelatoRecord *record)
{
    RelatoError error = { .status = RELATO_OK };
    if (knowledge)
        read_all(record, &error);
    else
        read_page(record, &error);
    if (error.status != RELATO_OK)
        check(strlen(error.message) > 0 && utf8_invalid(str_of(error.message)) == strlen(error.message));
}

void fuzz_file(const uint8_t *bytes, size_t size, bool whole)
{
    int file = memfd_create("fuzz", 0);
    char name[64];
    snprintf(name, sizeof name, "/proc/self/fd/%d", file);
    check(file >= 0 && write(file, bytes, size) == (ssize_t)size);
    RelatoError error;
    RelatoSource *source = relato_source_open(name, NULL, &error);
    check(source != NULL);
    RelatoRecord record;
    for (int got; (got = relato_source_next(source, &record, &error)) != 0;) {
        check(got == 1 ? record.bytes && record.name : record.size == 0);
        if (got == 1 && whole)
            fuzz_report(&record);
        else if (got == 1)
            read_page(&record, &error);
        relato_record_free(&record);
    }
    relato_source_close(source);
    close(file);
}
