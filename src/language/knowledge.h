/* Knowledge: the lexicons and models of all languages, opened once, read-only. */
#ifndef RELATO_LANGUAGE_KNOWLEDGE_H
#define RELATO_LANGUAGE_KNOWLEDGE_H

#include "language/builder.h"
#include "language/identify.h"
#include "language/lexicon.h"
#include "names/gazetteer.h"
#include "names/names_lexicon.h"
#include "names/tagger.h"
#include "page/hints.h"
#include "syntax/model.h"

/* What the stages know of one language. */
typedef struct Language {
    char code[8]; /* "pt" */
    Lexicon lexicon;
    Names names;        /* those of the lexicon */
    NamesTagger tagger; /* weights is NULL: there is none for it */
    SyntaxModel syntax; /* map is NULL: there is none for it */
    const Gazetteer *gazetteer;
} Language;

struct RelatoKnowledge {
    Language languages[MOST_LANGUAGES];
    size_t language_count;
    PageHints hints; /* of the first language: all have the same */
    Identifier identifier;
    Str identifier_file; /* the bytes behind it, mapped */
    Gazetteer gazetteer;
    Str gazetteer_file;                         /* likewise */
    char language_list[8 * MOST_LANGUAGES + 8]; /* "en, es, pt", for messages */
};

/* The language with this code ("pt", also "pt-BR", "pt_PT"), or NULL. */
const Language *knowledge_language(const RelatoKnowledge *knowledge, Str code);

enum { KNOWLEDGE_PATH_SIZE = 4096 };

/* The folder `name` that stands in the knowledge which relato_knowledge_open(NULL, …)
 * opens: "lexicon", its sources, or "web", the built pages. False and `error` if
 * there is none. */
bool knowledge_folder(char path[KNOWLEDGE_PATH_SIZE], const char *name, Error *error);

#endif
