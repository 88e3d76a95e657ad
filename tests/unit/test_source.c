/* Sources: files as streams of records. */
#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "relato.h"

/* A file of the test, written anew by each. */
typedef struct Fixture {
    char folder[64], file[96];
    RelatoError error;
    RelatoRecord record;
} Fixture;

static int set_up(void **state)
{
    Fixture *fixture = calloc(1, sizeof *fixture);
    strcpy(fixture->folder, "/tmp/relato-test-XXXXXX");
    if (!mkdtemp(fixture->folder))
        return -1;
    snprintf(fixture->file, sizeof fixture->file, "%s/file", fixture->folder);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    Fixture *fixture = *state;
    unlink(fixture->file);
    rmdir(fixture->folder);
    free(fixture);
    return 0;
}

static void write_bytes(const Fixture *fixture, const char *mode, const void *bytes, size_t size)
{
    FILE *file = fopen(fixture->file, mode);
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static void write_text(const Fixture *fixture, const char *text)
{
    write_bytes(fixture, "wb", text, strlen(text));
}

static void add_gzip(const Fixture *fixture, const char *text)
{
    gzFile file = gzopen(fixture->file, "ab");
    assert_non_null(file);
    assert_int_equal(gzwrite(file, text, (unsigned)strlen(text)), strlen(text));
    assert_int_equal(gzclose(file), Z_OK);
}

static void add_zstd(const Fixture *fixture, const char *text)
{
    char packed[4096];
    size_t size = ZSTD_compress(packed, sizeof packed, text, strlen(text), 3);
    assert_false(ZSTD_isError(size));
    write_bytes(fixture, "ab", packed, size);
}

static RelatoSource *open_file(Fixture *fixture, RelatoFormat format)
{
    const RelatoSourceOptions options = { .format = format };
    RelatoSource *source = relato_source_open(fixture->file, &options, &fixture->error);
    assert_non_null(source);
    return source;
}

static void assert_record(Fixture *fixture, RelatoSource *source, const char *text, RelatoFormat format, size_t line)
{
    assert_int_equal(relato_source_next(source, &fixture->record, &fixture->error), 1);
    assert_str(((Str){ fixture->record.bytes, fixture->record.size }), text);
    assert_int_equal(fixture->record.format, format);
    assert_int_equal(fixture->record.line, line);
    assert_string_equal(fixture->record.name, fixture->file);
    relato_record_free(&fixture->record);
    assert_null(fixture->record.bytes);
}

static void assert_fault(Fixture *fixture, RelatoSource *source, RelatoStatus status, size_t line, const char *message)
{
    assert_int_equal(relato_source_next(source, &fixture->record, &fixture->error), -1);
    assert_null(fixture->record.bytes);
    assert_string_equal(fixture->error.message, message);
    assert_int_equal(fixture->error.status, status);
    assert_int_equal(fixture->error.line, line);
}

static void assert_end(Fixture *fixture, RelatoSource *source)
{
    assert_int_equal(relato_source_next(source, &fixture->record, &fixture->error), 0);
    assert_int_equal(relato_source_next(source, &fixture->record, &fixture->error), 0);
    relato_source_close(source);
}

/* ---- what is given -------------------------------------------------------------- */

static void text_is_one_record(void **state)
{
    Fixture *fixture = *state;
    write_text(fixture, "Primeira linha.\n\nSegunda linha.\n");
    RelatoSource *source = open_file(fixture, RELATO_FORMAT_AUTO);
    assert_record(fixture, source, "Primeira linha.\n\nSegunda linha.\n", RELATO_FORMAT_AUTO, 0);
    assert_end(fixture, source);
}

static void json_lines_are_one_record_each(void **state)
{
    Fixture *fixture = *state;
    write_text(fixture, "\xEF\xBB\xBF\n{\"text\": \"a\"}\r\n\n  \n{\"text\": \"b\"}\nnot json\n{ \"text\": \"{\"}");
    RelatoSource *source = open_file(fixture, RELATO_FORMAT_AUTO);
    assert_record(fixture, source, "{\"text\": \"a\"}\r", RELATO_FORMAT_JSON, 2);
    assert_record(fixture, source, "{\"text\": \"b\"}", RELATO_FORMAT_JSON, 5);
    assert_record(fixture, source, "not json", RELATO_FORMAT_JSON, 6);
    assert_record(fixture, source, "{ \"text\": \"{\"}", RELATO_FORMAT_JSON, 7);
    assert_end(fixture, source);
}

static void an_object_over_many_lines_is_one_record(void **state)
{
    Fixture *fixture = *state;
    const char *object = "{\n  \"text\": \"a } b\",\n  \"title\": \"c\"\n}\n";
    write_text(fixture, object);
    RelatoSource *source = open_file(fixture, RELATO_FORMAT_AUTO);
    assert_record(fixture, source, object, RELATO_FORMAT_JSON, 0);
    assert_end(fixture, source);
}

static void a_first_line_broken_in_a_string_is_a_line(void **state)
{
    Fixture *fixture = *state;
    write_text(fixture, "{\"text\": \"a\n{\"text\": \"b\"}\n");
    RelatoSource *source = open_file(fixture, RELATO_FORMAT_AUTO);
    assert_record(fixture, source, "{\"text\": \"a", RELATO_FORMAT_JSON, 1);
    assert_record(fixture, source, "{\"text\": \"b\"}", RELATO_FORMAT_JSON, 2);
    assert_end(fixture, source);
}

static void a_brace_alone_makes_no_json(void **state)
{
    Fixture *fixture = *state;
    write_text(fixture, "{Lisboa} Chove.\nE faz frio.\n");
    RelatoSource *source = open_file(fixture, RELATO_FORMAT_AUTO);
    assert_record(fixture, source, "{Lisboa} Chove.\nE faz frio.\n", RELATO_FORMAT_AUTO, 0);
    assert_end(fixture, source);
}

static void the_caller_may_name_the_format(void **state)
{
    Fixture *fixture = *state;
    write_text(fixture, "{\"text\": \"a\"}\n{\"text\": \"b\"}\n");
    RelatoSource *source = open_file(fixture, RELATO_FORMAT_TEXT);
    assert_record(fixture, source, "{\"text\": \"a\"}\n{\"text\": \"b\"}\n", RELATO_FORMAT_TEXT, 0);
    assert_end(fixture, source);
    write_text(fixture, "# sent_id = 1\n");
    source = open_file(fixture, RELATO_FORMAT_CONLLU);
    assert_record(fixture, source, "# sent_id = 1\n", RELATO_FORMAT_CONLLU, 0);
    assert_end(fixture, source);
}

static void packed_files_are_unpacked(void **state)
{
    Fixture *fixture = *state;
    void (*const packers[])(const Fixture *, const char *) = { add_gzip, add_zstd };
    for (size_t i = 0; i < 2; i++) {
        write_text(fixture, "");
        packers[i](fixture, "{\"text\": \"a\"}\n{\"te");
        packers[i](fixture, "xt\": \"b\"}\n");
        RelatoSource *source = open_file(fixture, RELATO_FORMAT_AUTO);
        assert_record(fixture, source, "{\"text\": \"a\"}", RELATO_FORMAT_JSON, 1);
        assert_record(fixture, source, "{\"text\": \"b\"}", RELATO_FORMAT_JSON, 2);
        assert_end(fixture, source);
    }
}

static void zeros_behind_packed_data_are_passed_over(void **state)
{
    Fixture *fixture = *state;
    static const char zeros[70000];
    write_text(fixture, "");
    add_gzip(fixture, "uma ");
    write_bytes(fixture, "ab", zeros, sizeof zeros);
    add_gzip(fixture, "linha");
    write_bytes(fixture, "ab", zeros, 512);
    RelatoSource *source = open_file(fixture, RELATO_FORMAT_AUTO);
    assert_record(fixture, source, "uma linha", RELATO_FORMAT_AUTO, 0);
    assert_end(fixture, source);
}

static void standard_input_is_a_source(void **state)
{
    Fixture *fixture = *state;
    write_text(fixture, "{\"text\": \"a\"}\n");
    int file = open(fixture->file, O_RDONLY), kept = dup(STDIN_FILENO);
    assert_true(file >= 0 && dup2(file, STDIN_FILENO) == STDIN_FILENO);
    close(file);
    RelatoSource *source = relato_source_open("-", NULL, &fixture->error);
    assert_int_equal(relato_source_next(source, &fixture->record, &fixture->error), 1);
    assert_string_equal(fixture->record.name, "-");
    relato_record_free(&fixture->record);
    assert_end(fixture, source);
    assert_int_equal(fcntl(STDIN_FILENO, F_GETFD), 0); /* it stays open */
    if (kept >= 0) {
        dup2(kept, STDIN_FILENO);
        close(kept);
    }
}

/* ---- what is refused ------------------------------------------------------------ */

static void what_cannot_be_opened_is_named(void **state)
{
    Fixture *fixture = *state;
    unlink(fixture->file);
    assert_null(relato_source_open(fixture->file, NULL, &fixture->error));
    assert_string_equal(fixture->error.message, "cannot be opened: No such file or directory");
}

static void an_empty_folder_is_told(void **state)
{
    Fixture *fixture = *state;
    unlink(fixture->file);
    RelatoSource *source = relato_source_open(fixture->folder, NULL, &fixture->error);
    assert_non_null(source);
    assert_fault(fixture, source, RELATO_ERROR_INPUT, 0, "holds no report");
    assert_end(fixture, source);
}

static void empty_and_binary_files_are_refused(void **state)
{
    static const struct {
        const char *bytes;
        size_t size;
        const char *message;
    } files[] = {
        { "", 0, "is empty" },
        { "%PDF-1.7\n", 9, "is a PDF document" },
        { "\x89PNG\r\n\x1A\n....", 12, "is a PNG image" },
        { "PK\3\4abcd", 8, "this archive is broken: Truncated ZIP file header" },
        { "RIFF\0\0\0\0WEBPVP8 ", 16, "is a WebP image" },
    };
    Fixture *fixture = *state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        write_bytes(fixture, "wb", files[i].bytes, files[i].size);
        RelatoSource *source = open_file(fixture, RELATO_FORMAT_AUTO);
        assert_fault(fixture, source, RELATO_ERROR_INPUT, 0, files[i].message);
        assert_end(fixture, source);
    }
}

static void a_broken_stream_keeps_what_came_before(void **state)
{
    Fixture *fixture = *state;
    char packed[4096];
    write_text(fixture, "");
    add_gzip(fixture, "{\"text\": \"a\"}\n{\"text\": \"b\"}\n{\"text\": \"c\"}\n");
    FILE *file = fopen(fixture->file, "rb");
    size_t size = fread(packed, 1, sizeof packed, file);
    fclose(file);
    write_bytes(fixture, "wb", packed, size - 12); /* the sum and some of the data */
    RelatoSource *source = open_file(fixture, RELATO_FORMAT_AUTO);
    assert_record(fixture, source, "{\"text\": \"a\"}", RELATO_FORMAT_JSON, 1);
    assert_int_equal(relato_source_next(source, &fixture->record, &fixture->error), 1);
    relato_record_free(&fixture->record);
    int got;
    while ((got = relato_source_next(source, &fixture->record, &fixture->error)) == 1)
        relato_record_free(&fixture->record);
    assert_int_equal(got, -1);
    assert_string_equal(fixture->error.message, "its gzip data are cut off");
    assert_end(fixture, source);
}

static void damaged_and_strange_packed_data_are_refused(void **state)
{
    Fixture *fixture = *state;
    write_bytes(fixture, "wb", "\x1F\x8B\x08\0\0\0\0\0\0\3\xFF\xFF\xFF\xFF\xFF", 15);
    RelatoSource *source = open_file(fixture, RELATO_FORMAT_AUTO);
    assert_fault(fixture, source, RELATO_ERROR_INPUT, 0, "its gzip data are broken");
    assert_end(fixture, source);
    write_bytes(fixture, "wb", "\x28\xB5\x2F\xFD\0\x58\7\0\0", 9); /* a block of the reserved type */
    source = open_file(fixture, RELATO_FORMAT_AUTO);
    assert_fault(fixture, source, RELATO_ERROR_INPUT, 0, "its zstd data are broken");
    assert_end(fixture, source);
    write_text(fixture, "");
    add_gzip(fixture, "uma linha");
    write_bytes(fixture, "ab", "lixo", 4);
    source = open_file(fixture, RELATO_FORMAT_AUTO);
    assert_fault(fixture, source, RELATO_ERROR_INPUT, 0, "something else follows behind the end of its gzip data");
    assert_end(fixture, source);
    write_text(fixture, "");
    add_gzip(fixture, "\x1F\x8B\x08...");
    source = open_file(fixture, RELATO_FORMAT_AUTO);
    assert_fault(fixture, source, RELATO_ERROR_INPUT, 0, "is gzip data, packed twice");
    assert_end(fixture, source);
}

/* ---- limits ----------------------------------------------------------------------- */

/* A zstd file of `megabytes` MB of one byte, between a beginning and an end. */
static void write_long(const Fixture *fixture, const char *before, char byte, unsigned megabytes, const char *behind)
{
    char *block = malloc(1 << 20), packed[4096];
    memset(block, byte, 1 << 20);
    size_t size = ZSTD_compress(packed, sizeof packed, block, 1 << 20, 1);
    assert_false(ZSTD_isError(size));
    free(block);
    write_text(fixture, "");
    add_zstd(fixture, before);
    for (unsigned i = 0; i < megabytes; i++)
        write_bytes(fixture, "ab", packed, size);
    add_zstd(fixture, behind);
}

static void a_line_too_long_is_skipped(void **state)
{
    Fixture *fixture = *state;
    write_long(fixture, "{\"text\": \"a\"}\n{\"text\": \"", 'a', 65, "\"}\n{\"text\": \"b\"}\n");
    RelatoSource *source = open_file(fixture, RELATO_FORMAT_AUTO);
    assert_record(fixture, source, "{\"text\": \"a\"}", RELATO_FORMAT_JSON, 1);
    assert_fault(fixture, source, RELATO_ERROR_LIMIT, 2, "this line is longer than 64 MB");
    assert_record(fixture, source, "{\"text\": \"b\"}", RELATO_FORMAT_JSON, 3);
    assert_end(fixture, source);
}

static void a_last_line_too_long_is_the_end(void **state)
{
    Fixture *fixture = *state;
    write_long(fixture, "{\"text\": \"", 'a', 65, "");
    RelatoSource *source = open_file(fixture, RELATO_FORMAT_AUTO);
    assert_fault(fixture, source, RELATO_ERROR_LIMIT, 1, "this line is longer than 64 MB");
    assert_end(fixture, source);
}

static void a_file_too_large_is_refused(void **state)
{
    Fixture *fixture = *state;
    write_text(fixture, "Uma linha.\n");
    assert_int_equal(truncate(fixture->file, (off_t)1 << 30), 0);
    RelatoSource *source = open_file(fixture, RELATO_FORMAT_AUTO);
    assert_fault(fixture, source, RELATO_ERROR_LIMIT, 0, "is larger than 64 MB");
    assert_end(fixture, source);
}

static void a_stream_without_records_is_given_up(void **state)
{
    Fixture *fixture = *state;
    write_long(fixture, "{\"text\": \"a\"}\n", '\n', 1100, "{\"text\": \"b\"}\n");
    RelatoSource *source = open_file(fixture, RELATO_FORMAT_AUTO);
    assert_record(fixture, source, "{\"text\": \"a\"}", RELATO_FORMAT_JSON, 1);
    assert_int_equal(relato_source_next(source, &fixture->record, &fixture->error), -1);
    assert_string_equal(fixture->error.message, "1024 MB of empty lines; the rest is left");
    assert_end(fixture, source);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_one_record),
        cmocka_unit_test(json_lines_are_one_record_each),
        cmocka_unit_test(an_object_over_many_lines_is_one_record),
        cmocka_unit_test(a_first_line_broken_in_a_string_is_a_line),
        cmocka_unit_test(a_brace_alone_makes_no_json),
        cmocka_unit_test(the_caller_may_name_the_format),
        cmocka_unit_test(packed_files_are_unpacked),
        cmocka_unit_test(zeros_behind_packed_data_are_passed_over),
        cmocka_unit_test(standard_input_is_a_source),
        cmocka_unit_test(what_cannot_be_opened_is_named),
        cmocka_unit_test(an_empty_folder_is_told),
        cmocka_unit_test(empty_and_binary_files_are_refused),
        cmocka_unit_test(a_broken_stream_keeps_what_came_before),
        cmocka_unit_test(damaged_and_strange_packed_data_are_refused),
        cmocka_unit_test(a_line_too_long_is_skipped),
        cmocka_unit_test(a_last_line_too_long_is_the_end),
        cmocka_unit_test(a_file_too_large_is_refused),
        cmocka_unit_test(a_stream_without_records_is_given_up),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
