#include "event/event.h"

#include "event/eventing.h"

static void read_sentence(Eventing *eventing, uint32_t index)
{
    const Sentence *sentence = &eventing->document->sentences[index];
    if (sentence->word_count == 0)
        return;
    eventing->sentence = index;
    eventing->first = sentence->first_word;
    eventing->last = eventing->first + sentence->word_count - 1;
    size_t from = eventing->mentions.count;
    explain_tree(eventing);
    note_subjects(eventing);
    match_sentence(eventing);
    for (size_t i = from; i < eventing->mentions.count; i++) {
        find_participants(eventing, &eventing->mentions.items[i]);
        eventing->mentions.items[i].reality = reality_of(eventing, &eventing->mentions.items[i]);
        explain_mention(eventing, &eventing->mentions.items[i]);
    }
    settle_complements(eventing, from);
    find_frames(eventing, from);
}

static void read_document(Document *document, const Language *language, Buffer *explanation)
{
    Eventing eventing = { .document = document,
                          .lexicon = event_lexicon_open(&language->lexicon),
                          .names = names_open(&language->lexicon),
                          .explanation = explanation };
    if (!language->syntax.map || document->word_count == 0 || eventing.lexicon.anchor_count == 0)
        return;
    eventing.place_kinds = ARENA_ARRAY(document->arena, uint8_t, document->entity_count);
    eventing.measured = ARENA_ARRAY(document->arena, uint32_t, document->quantity_count);
    eventing.numeral_at = ARENA_ARRAY(document->arena, bool, document->token_count);
    for (size_t i = 0; i < document->numeral_count; i++)
        for (uint32_t k = 0; k < document->numerals[i].token_count; k++)
            eventing.numeral_at[document->numerals[i].first_token + k] = true;
    note_states(&eventing);
    for (uint32_t i = 0; i < document->sentence_count; i++)
        read_sentence(&eventing, i);
    merge_mentions(&eventing);
}

void event_stage(Document *document, const Language *language)
{
    read_document(document, language, NULL);
}

void event_explain(Document *document, const Language *language, Buffer *out)
{
    read_document(document, language, out);
}
