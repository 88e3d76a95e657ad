#include "language/lexicon.h"

#include <stdlib.h>

#include "core/mapping.h"

uint64_t lexicon_checksum(Str bytes)
{
    /* FNV-1a over eight bytes at a time: it finds torn and mixed-up files at
     * memory speed; it is no guard against malice. */
    uint64_t hash = 14695981039346656037u, part;
    size_t i = 0;
    for (; i + sizeof part <= bytes.size; i += sizeof part) {
        memcpy(&part, bytes.at + i, sizeof part);
        hash = (hash ^ part) * 1099511628211u;
    }
    for (; i < bytes.size; i++)
        hash = (hash ^ (unsigned char)bytes.at[i]) * 1099511628211u;
    return hash;
}

const void *lexicon_section(const Lexicon *lexicon, const char *name, size_t element, size_t *count)
{
    const LexiconHeader *header = (const void *)lexicon->bytes;
    const LexiconSection *sections = (const void *)(lexicon->bytes + sizeof *header);
    *count = 0;
    for (uint32_t i = 0; i < header->section_count; i++)
        if (strncmp(sections[i].name, name, sizeof sections[i].name) == 0) {
            *count = sections[i].size / element;
            return lexicon->bytes + sections[i].offset;
        }
    return NULL;
}

static const char *fault_of(const Lexicon *lexicon)
{
    LexiconHeader header;
    if (lexicon->size < sizeof header)
        return "is no compiled lexicon";
    memcpy(&header, lexicon->bytes, sizeof header);
    if (memcmp(header.magic, LEXICON_MAGIC, sizeof header.magic) != 0)
        return "is no compiled lexicon";
    if (header.version != LEXICON_VERSION)
        return "was compiled by another version; compile it again";
    if (header.size != lexicon->size ||
        header.section_count > (lexicon->size - sizeof header) / sizeof(LexiconSection) ||
        header.checksum !=
            lexicon_checksum(str_slice((Str){ lexicon->bytes, lexicon->size }, sizeof header, lexicon->size)))
        return "is damaged; compile it again";
    const LexiconSection *sections = (const void *)(lexicon->bytes + sizeof header);
    for (uint32_t i = 0; i < header.section_count; i++)
        if (sections[i].offset > lexicon->size || sections[i].size > lexicon->size - sections[i].offset)
            return "is damaged; compile it again";
    return NULL;
}

static bool prepare(Lexicon *lexicon, const char *path, Error *error)
{
    const char *fault = fault_of(lexicon);
    if (!fault) {
        size_t size;
        lexicon->words = lexicon_section(lexicon, "words", sizeof *lexicon->words, &lexicon->word_slots);
        const char *strings = lexicon_section(lexicon, "strings", 1, &size);
        lexicon->strings = (Str){ strings, size };
        if (!lexicon->words || !strings || (lexicon->word_slots & (lexicon->word_slots - 1)))
            fault = "is damaged; compile it again";
    }
    if (!fault)
        return true;
    lexicon_close(lexicon);
    return error_set(error, RELATO_ERROR_LEXICON, 0, SIZE_MAX, "%s %s", path, fault);
}

bool lexicon_open(Lexicon *lexicon, const char *path, Error *error)
{
    Str bytes;
    *lexicon = (Lexicon){ 0 };
    if (!mapping_open(&bytes, path, error))
        return false;
    *lexicon = (Lexicon){ .bytes = bytes.at, .size = bytes.size, .mapped = true };
    return prepare(lexicon, path, error);
}

bool lexicon_adopt(Lexicon *lexicon, char *bytes, size_t size, Error *error)
{
    *lexicon = (Lexicon){ .bytes = bytes, .size = size };
    return prepare(lexicon, "the lexicon compiled in memory", error);
}

void lexicon_close(Lexicon *lexicon)
{
    if (lexicon->mapped)
        mapping_close((Str){ lexicon->bytes, lexicon->size });
    else
        free((void *)(uintptr_t)lexicon->bytes);
    *lexicon = (Lexicon){ 0 };
}

uint32_t lexicon_word(const Lexicon *lexicon, Str folded, bool bare)
{
    uint32_t hash = str_hash(folded);
    size_t mask = lexicon->word_slots - 1;
    for (size_t i = hash & mask; lexicon->words[i].id; i = (i + 1) & mask)
        if (lexicon->words[i].hash == hash && str_equal(lexicon_string(lexicon, lexicon->words[i].form), folded))
            return lexicon->words[i].bare && !bare ? 0 : lexicon->words[i].id;
    return 0;
}

Str lexicon_string(const Lexicon *lexicon, uint32_t offset)
{
    /* Each string has its size (4 bytes) before it and a zero byte behind it. */
    uint32_t size;
    memcpy(&size, lexicon->strings.at + offset, sizeof size);
    return (Str){ lexicon->strings.at + offset + sizeof size, size };
}
