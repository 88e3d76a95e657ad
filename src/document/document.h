/* The document: a report and its layers. Plain data; a stage reads the layers
 * before its own and fills its own. Everything in it lives in its arena.
 *
 *     text        UTF-8, NFC, paragraphs parted by one newline
 *     sentences   (sentence_count), each of tokens [first_token, first_token + token_count)
 *     tokens      (token_count), as written
 *     words       (word_count), syntactic words of Universal Dependencies: "do" is "de" + "o"
 *     numerals, times, quantities, entities
 *     nodes       (word_count), the words' places in their trees
 *     events, claims
 *
 * Offsets are bytes of the text; indices are positions in the arrays above.
 */
#ifndef RELATO_DOCUMENT_DOCUMENT_H
#define RELATO_DOCUMENT_DOCUMENT_H

#include "core/arena.h"
#include "core/str.h"
#include "relato.h"

typedef RelatoSpan Span;
typedef RelatoMeta Meta;
typedef RelatoEntity Entity;
typedef RelatoTime Time;
typedef RelatoQuantity Quantity;
typedef RelatoParticipant Participant;
typedef RelatoEvent Event;
typedef RelatoClaim Claim;

/* What a token looks like (bits of Token.shape). */
enum {
    SHAPE_CAPITAL = 1 << 0,      /* begins with a capital letter */
    SHAPE_ALL_CAPITALS = 1 << 1, /* two letters or more, none of them small */
    SHAPE_LETTERS = 1 << 2,      /* has a letter */
    SHAPE_DIGITS = 1 << 3,       /* has a digit */
    SHAPE_PUNCTUATION = 1 << 4,  /* nothing but punctuation and symbols */
    SHAPE_NUMBER = 1 << 5        /* digits with or without separators: 12, 1.500, 3,5 */
};

typedef struct Token {
    uint32_t start, end; /* bytes of the text */
    uint32_t word;       /* id of its folded form in the lexicon; 0 if it is not there */
    uint32_t first_word; /* its syntactic words; */
    uint16_t word_count; /* more than one in a multiword token */
    uint16_t shape;
    bool space_after; /* white space or a line end follows */
} Token;

/* Universal part-of-speech tags, in the order of the UD guidelines. */
typedef enum Upos {
    UPOS_NONE,
    UPOS_ADJ,
    UPOS_ADP,
    UPOS_ADV,
    UPOS_AUX,
    UPOS_CCONJ,
    UPOS_DET,
    UPOS_INTJ,
    UPOS_NOUN,
    UPOS_NUM,
    UPOS_PART,
    UPOS_PRON,
    UPOS_PROPN,
    UPOS_PUNCT,
    UPOS_SCONJ,
    UPOS_SYM,
    UPOS_VERB,
    UPOS_X,
    UPOS_COUNT
} Upos;

typedef struct Word {
    Str form;                      /* as in the text, or as the contraction's part: "de", "o" */
    Str lemma, features, relation; /* empty until the syntax stage */
    uint32_t head;                 /* 1 + position of its head in the sentence; 0: root, RELATO_NONE: no tree */
    uint32_t token;                /* index of its token */
    uint8_t upos;                  /* Upos */
} Word;

/* Universal relations, without their subtypes. */
typedef enum Relation {
    REL_NONE,
    REL_ACL,
    REL_ADVCL,
    REL_ADVMOD,
    REL_AMOD,
    REL_APPOS,
    REL_AUX,
    REL_CASE,
    REL_CC,
    REL_CCOMP,
    REL_CLF,
    REL_COMPOUND,
    REL_CONJ,
    REL_COP,
    REL_CSUBJ,
    REL_DEP,
    REL_DET,
    REL_DISCOURSE,
    REL_DISLOCATED,
    REL_EXPL,
    REL_FIXED,
    REL_FLAT,
    REL_GOESWITH,
    REL_IOBJ,
    REL_LIST,
    REL_MARK,
    REL_NMOD,
    REL_NSUBJ,
    REL_NUMMOD,
    REL_OBJ,
    REL_OBL,
    REL_ORPHAN,
    REL_PARATAXIS,
    REL_PUNCT,
    REL_REPARANDUM,
    REL_ROOT,
    REL_VOCATIVE,
    REL_XCOMP,
    REL_COUNT
} Relation;

/* A word's place in its tree. Words are counted through the document. */
typedef struct Node {
    uint32_t head;        /* RELATO_NONE at the root */
    uint32_t child, next; /* first dependent; next one of the same head */
    uint32_t left, right; /* first and last word of what hangs on it */
    uint32_t lemma, form; /* ids in the lexicon; 0: not there */
    uint8_t relation;     /* Relation */
} Node;

typedef struct Sentence {
    uint32_t start, end; /* bytes of the text */
    uint32_t first_token, token_count;
    uint32_t first_word, word_count;
    bool opens_paragraph;
} Sentence;

/* A number as written: digits, words or both. */
typedef struct Numeral {
    uint32_t first_token, token_count;
    double value, high; /* high: the upper one of a written range ("20 a 30 mil"), else equal to value */
    uint8_t kind;       /* NumeralKind */
} Numeral;

typedef enum NumeralKind {
    NUMERAL_CARDINAL,
    NUMERAL_ORDINAL,
    NUMERAL_FRACTION,
    NUMERAL_VAGUE /* "dezenas", "dozens": at least the value */
} NumeralKind;

typedef struct Document {
    Arena *arena;
    const char *name; /* of the input, for messages */
    Meta meta;
    Str text;
    Str id; /* SHA-256 of the text, hexadecimal */

    Sentence *sentences;
    Token *tokens;
    Word *words;
    Node *nodes;         /* (word_count) */
    uint32_t *entity_at; /* (token_count) 1 + entity of the longest mention that covers the token; 0: none */
    Numeral *numerals;   /* in order of the text, not overlapping */
    Entity *entities;
    Time *times;
    Quantity *quantities;
    Event *events;         /* in order of their first triggers */
    Claim *claims;         /* in order of their cues */
    bool bare;             /* the text drops its accents */
    uint32_t *code_points; /* code points before every CODE_POINT_STEP-th byte of the text */
    bool layers_given;     /* all layers are the input's: a reading that was read before */
    bool words_given;      /* sentences, tokens and words are the input's (CoNLL-U): not to be changed */
    size_t sentence_count, token_count, word_count, numeral_count, entity_count, time_count, quantity_count,
        event_count, claim_count;
} Document;

/* The words of a token as written. */
static inline Str token_str(const Document *document, const Token *token)
{
    return str_slice(document->text, token->start, token->end);
}

static inline Str span_str(const Document *document, Span span)
{
    return str_slice(document->text, span.start, span.end);
}

/* The span from one token to another, both included. */
static inline Span token_span(const Document *document, size_t first, size_t last)
{
    return (Span){ document->tokens[first].start, document->tokens[last].end };
}

/* Looks at the text, once it is there: makes the index for document_code_point
 * and finds out whether the text drops its accents (fewer than one letter in
 * two hundred has one; Portuguese and Spanish have four and two in a hundred). */
void document_index(Document *document);

/* Number of code points before `byte` of the text, in constant time. */
size_t document_code_point(const Document *document, uint32_t byte);

/* Index of the first token that ends behind `byte`; token_count if there is none. */
size_t document_token_at(const Document *document, uint32_t byte);

/* The first of `count` items of `size` bytes whose span, `offset` bytes behind their
 * beginning, begins at or behind `byte`; count if there is none. Spans begin in order. */
size_t document_first_span(const void *items, size_t size, size_t offset, size_t count, uint32_t byte);

/* Index of the sentence that holds the token. */
size_t document_sentence_of(const Document *document, size_t token);

/* "ADJ" …; "_" for UPOS_NONE. Static. */
const char *upos_name(Upos upos);

/* The tag of a name, UPOS_NONE if there is none such. */
Upos upos_of(Str name);

#endif
