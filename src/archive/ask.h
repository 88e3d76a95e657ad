/* Questions and answers. A question becomes a query (questions.c) whose rows a
 * format writes: JSON and CSV any row as it is (row.c), the others know what the
 * columns of events are. */
#ifndef RELATO_ARCHIVE_ASK_H
#define RELATO_ARCHIVE_ASK_H

#include "archive/query.h"
#include "archive/row.h"

/* What an answer is written with. */
typedef struct Answer {
    Buffer *out;
    Archive *archive;
    Arena *arena;             /* for what is made on the way */
    const Language *language; /* for people; NULL: none was given */
    RelatoLayout layout;
    size_t row;   /* how many rows were written before */
    char year[8]; /* of the row before, for the chronicle */
} Answer;

/* Adds the query of a question; `flat`: a row for each figure, for tables. It gives
 * one row more than the filter's limit if there are more. */
void question_query(Query *query, RelatoQuestion question, const RelatoFilter *filter, bool flat);

/* Adds a query for the number of all its rows, of events for figures. */
void question_count(Query *query, RelatoQuestion question, const RelatoFilter *filter);

/* False and `error` if the filter asks for something that does not go with the
 * question, or for what there cannot be. */
bool question_check(RelatoQuestion question, const RelatoFilter *filter, RelatoAnswerFormat format, Error *error);

/* A sentence that tells the event of a row, in the language of the answer:
 * "Turkey attacks Syria (Idlib)". */
void telling_add(Answer *answer, Buffer *out, Row *row);

/* Of rows of events. Each writes one; what stands before and behind all is below. */
void plover_row(Answer *answer, Row *row);
void geojson_row(Answer *answer, Row *row);
void ics_row(Answer *answer, Row *row);
void jsonld_row(Answer *answer, Row *row);

/* What stands before the first row and behind the last in these formats. */
void exchange_open(Answer *answer, RelatoAnswerFormat format);
void exchange_close(Answer *answer, RelatoAnswerFormat format);

/* Rows of any question for people. */
void text_row(Answer *answer, RelatoQuestion question, Row *row);

/* The graph of who deals with whom in the events of the filter. */
bool graph_write(Answer *answer, RelatoAnswerFormat format, const RelatoFilter *filter, Error *error);

#endif
