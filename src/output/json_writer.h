/* Writes JSON into a Buffer, piece by piece: no tree, no allocation per value. */
#ifndef RELATO_OUTPUT_JSON_WRITER_H
#define RELATO_OUTPUT_JSON_WRITER_H

#include "core/buffer.h"

enum { JSON_DEEPEST = 32 };

typedef struct JsonWriter {
    Buffer *out;
    int depth;
    bool filled[JSON_DEEPEST]; /* the open object or array has a member */
} JsonWriter;

/* Opens and closes an object '{' or an array '['. */
void json_open(JsonWriter *writer, char bracket);
void json_close(JsonWriter *writer, char bracket);

/* The name of the next value in an object; zero-ended, plain ASCII. */
void json_name(JsonWriter *writer, const char *name);

/* Values: a string of valid UTF-8; a number without needless digits. */
void json_string(JsonWriter *writer, Str value);
void json_number(JsonWriter *writer, double value);
void json_integer(JsonWriter *writer, size_t value);
void json_boolean(JsonWriter *writer, bool value);

/* A value that is JSON already. */
void json_raw(JsonWriter *writer, Str value);

/* A member whose value is a string. */
void json_member(JsonWriter *writer, const char *name, Str value);

/* The same, left out if the string is empty. */
void json_known(JsonWriter *writer, const char *name, Str value);

#endif
