#include "archive/ask.h"

#include <setjmp.h>

/* Memory for what is made on the way to an answer: words, names, sentences. */
enum { ASK_MEMORY = 256 << 20 };

static void write_row(Answer *answer, RelatoQuestion question, RelatoAnswerFormat format, Row *row)
{
    switch (format) {
    case RELATO_ANSWER_TEXT:
        text_row(answer, question, row);
        break;
    case RELATO_ANSWER_JSON:
        row_write_json(answer->out, row);
        break;
    case RELATO_ANSWER_CSV:
        row_write_csv(answer->out, row);
        break;
    case RELATO_ANSWER_PLOVER:
        plover_row(answer, row);
        break;
    case RELATO_ANSWER_GEOJSON:
        geojson_row(answer, row);
        break;
    case RELATO_ANSWER_ICS:
        ics_row(answer, row);
        break;
    case RELATO_ANSWER_JSONLD:
        jsonld_row(answer, row);
        break;
    default:
        break;
    }
}

/* Writes the rows of a statement. In a table of figures a limit counts events, not rows. */
static bool write_rows(Answer *answer, RelatoQuestion question, RelatoAnswerFormat format, const RelatoFilter *filter,
                       Row *row, RelatoPage *page, Error *error)
{
    int step = 0;
    bool limited = filter->limit && !(question == RELATO_ASK_FIGURES && format == RELATO_ANSWER_CSV);
    exchange_open(answer, format);
    if (format == RELATO_ANSWER_CSV)
        row_write_csv_head(answer->out, row);
    while (!answer->out->failed && (step = archive_step(answer->archive, row, error)) > 0) {
        if (limited && answer->row == filter->limit) {
            page->more = true;
            break;
        }
        write_row(answer, question, format, row);
        answer->row++;
    }
    exchange_close(answer, format);
    page->shown = answer->row;
    return step >= 0;
}

static bool count_total(Archive *archive, Arena *arena, RelatoQuestion question, const RelatoFilter *filter,
                        RelatoPage *page, Error *error)
{
    bool counted = question != RELATO_ASK_SOURCES && question < RELATO_ASK_EVENT;
    if (!filter->total || !counted)
        return true;
    Query query = { .archive = archive, .arena = arena, .error = error };
    question_count(&query, question, filter);
    int64_t total = query_number(&query);
    page->total = total < 0 ? 0 : (size_t)total;
    return total >= 0;
}

static bool answer_rows(Answer *answer, RelatoQuestion question, RelatoAnswerFormat format, const RelatoFilter *filter,
                        RelatoPage *page, Error *error)
{
    Query query = { .archive = answer->archive, .arena = answer->arena, .error = error };
    question_query(&query, question, filter, format == RELATO_ANSWER_CSV);
    Row *row = query_prepare(&query);
    bool done = row && write_rows(answer, question, format, filter, row, page, error);
    sqlite3_finalize(row);
    query_free(&query);
    if (done && filter->id && page->shown == 0)
        return error_set(error, RELATO_ERROR_INPUT, 0, SIZE_MAX, "there is no %s %lld", relato_question_name(question),
                         (long long)filter->id);
    return done && count_total(answer->archive, answer->arena, question, filter, page, error);
}

static bool answer_guarded(Answer *answer, RelatoQuestion question, RelatoAnswerFormat format,
                           const RelatoFilter *filter, RelatoPage *page, jmp_buf *escape, Error *error)
{
    if (setjmp(*escape) != 0)
        return error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
    if (format == RELATO_ANSWER_GEXF || format == RELATO_ANSWER_GRAPHML)
        return graph_write(answer, format, filter, error);
    return answer_rows(answer, question, format, filter, page, error);
}

char *relato_archive_ask(RelatoArchive *archive, RelatoQuestion question, const RelatoFilter *filter,
                         const RelatoAnswerOptions *options, size_t *size, RelatoPage *page, RelatoError *error)
{
    static const RelatoAnswerOptions usual = { .format = RELATO_ANSWER_JSON };
    RelatoPage unseen = { 0 };
    Arena arena;
    jmp_buf escape;
    Buffer out = { 0 };
    options = options ? options : &usual;
    page = page ? page : &unseen;
    *page = (RelatoPage){ 0 };
    if (!question_check(question, filter, options->format, error))
        return NULL;
    arena_init(&arena, ASK_MEMORY, &escape);
    Answer answer = { .out = &out, .archive = archive, .arena = &arena, .layout = options->layout };
    if (options->knowledge && options->language)
        answer.language = knowledge_language(options->knowledge, str_of(options->language));
    if (options->knowledge && !answer.language)
        answer.language = knowledge_language(options->knowledge, STR("en"));
    bool done = answer_guarded(&answer, question, options->format, filter, page, &escape, error);
    arena_free(&arena);
    if (!done) {
        buffer_free(&out);
        return NULL;
    }
    buffer_add(&out, STR("")); /* an empty answer is one, too */
    char *bytes = buffer_take(&out, size);
    if (!bytes)
        error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
    return bytes;
}
