#include "names/lookup.h"

#include "core/utf8.h"
#include "names/atoms.h"

/* The node of the forms that have all of the text's atoms; 0 if there are none. */
static uint32_t node_of(const Names *names, const Document *document, Str text)
{
    uint32_t node = 0;
    Str atom;
    for (size_t at = 0; atom_next(text, &at, &atom);) {
        Str plain = utf8_fold(document->arena, atom_plain(atom));
        node = names_step(names, node, lexicon_word(names->lexicon, plain, document->bare));
        if (node == 0)
            return 0;
    }
    return node;
}

NameKind names_place_kind(const Names *names, const Document *document, Str text)
{
    uint32_t node = node_of(names, document, text);
    for (uint32_t i = 0; node && i < names->nodes[node].form_count; i++) {
        const NameForm *form = &names->forms[names->nodes[node].first_form + i];
        if (form->kind == FORM_NAME && names->entries[form->entry].type == RELATO_PLACE)
            return (NameKind)names->entries[form->entry].kind;
    }
    return KIND_NONE;
}

Str names_adjective_country(const Names *names, const Document *document, Str text)
{
    uint32_t node = node_of(names, document, text);
    for (uint32_t i = 0; node && i < names->nodes[node].form_count; i++) {
        const NameForm *form = &names->forms[names->nodes[node].first_form + i];
        if (form->kind == FORM_ADJECTIVE)
            return lexicon_string(names->lexicon, names->entries[form->entry].country);
    }
    return STR("");
}

bool names_is_locative(const Names *names, const Document *document, Str text)
{
    uint32_t node = node_of(names, document, text);
    for (uint32_t i = 0; node && i < names->nodes[node].form_count; i++) {
        const NameForm *form = &names->forms[names->nodes[node].first_form + i];
        if (form->kind == FORM_HEAD && (names->heads[form->entry].uses & HEAD_LOCATIVE))
            return true;
    }
    return false;
}
