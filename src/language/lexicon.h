/* The compiled lexicon of one language: one block of bytes, mapped read-only,
 * shared by all threads. It has a vocabulary of folded word forms, a pool of
 * strings, and named sections that the stages made and know how to read.
 *
 *     LexiconHeader
 *     section table   (section_count) LexiconSection
 *     sections        each aligned to 16 bytes
 *
 * All numbers are in the byte order of the machine: the image is a product of
 * the build, not an exchange format. */
#ifndef RELATO_LANGUAGE_LEXICON_H
#define RELATO_LANGUAGE_LEXICON_H

#include "core/error.h"
#include "core/str.h"

#define LEXICON_MAGIC "RELATOLX"
enum { LEXICON_VERSION = 4 };

typedef struct LexiconHeader {
    char magic[8];
    uint32_t version, section_count;
    uint64_t size;     /* of the whole image */
    uint64_t checksum; /* of all behind the header */
    char language[8];  /* zero-padded */
} LexiconHeader;

typedef struct LexiconSection {
    char name[16];         /* zero-padded */
    uint64_t offset, size; /* bytes from the start of the image */
} LexiconSection;

/* A slot of the vocabulary's hash table ("words", a power of two of them). */
typedef struct LexiconWord {
    uint32_t hash; /* str_hash of the form */
    uint32_t form; /* offset in the string pool */
    uint32_t id;   /* 0: free slot */
    uint32_t bare; /* 1: the form lacks the accents that the word has */
} LexiconWord;

typedef struct Lexicon {
    const char *bytes;
    size_t size;
    bool mapped; /* munmap it, else free it */
    const LexiconWord *words;
    size_t word_slots;
    Str strings;
} Lexicon;

/* Maps the image file at `path` (zero-ended). False and `error` if it cannot be
 * read or is no lexicon of this version. */
bool lexicon_open(Lexicon *lexicon, const char *path, Error *error);

/* Takes over a malloc'd image as builder_image makes it. */
bool lexicon_adopt(Lexicon *lexicon, char *bytes, size_t size, Error *error);

void lexicon_close(Lexicon *lexicon);

/* The bytes of a section as an array of elements of `element` bytes; *count is
 * their number. NULL and 0 if the lexicon has no such section. */
const void *lexicon_section(const Lexicon *lexicon, const char *name, size_t element, size_t *count);

/* Id of a folded word form, 0 if it is unknown. With `bare` a form of the
 * vocabulary is also found without its accents, unless another word is written
 * that way: for texts that drop them (Document.bare). */
uint32_t lexicon_word(const Lexicon *lexicon, Str folded, bool bare);

/* The string at an offset that builder_string gave. */
Str lexicon_string(const Lexicon *lexicon, uint32_t offset);

/* Checksum of the bytes as the header has it. */
uint64_t lexicon_checksum(Str bytes);

#endif
