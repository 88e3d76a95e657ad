#include "event/event.h"
#include "event/eventing.h"
#include "event/plover.h"

static Str form_of(const Eventing *eventing, uint32_t word)
{
    return eventing->document->words[word].form;
}

void explain_tree(const Eventing *eventing)
{
    const Document *document = eventing->document;
    if (!eventing->explanation)
        return;
    buffer_format(eventing->explanation, "the words, their lemmas, and what hangs on what\n");
    for (uint32_t i = eventing->first; i <= eventing->last; i++) {
        const Word *word = &document->words[i];
        uint32_t head = document->nodes[i].head;
        buffer_format(eventing->explanation, "%4u %-16.*s %-16.*s %-6s %.*s", i - eventing->first + 1,
                      STR_ARGUMENTS(word->form), STR_ARGUMENTS(word->lemma), upos_name((Upos)word->upos),
                      STR_ARGUMENTS(word->relation));
        if (head != RELATO_NONE)
            buffer_format(eventing->explanation, " of %u %.*s", head - eventing->first + 1,
                          STR_ARGUMENTS(form_of(eventing, head)));
        uint32_t entity = entity_of_word(document, i);
        if (entity != RELATO_NONE)
            buffer_format(eventing->explanation, "   E%u %.*s %.*s", entity + 1,
                          STR_ARGUMENTS(document->entities[entity].country),
                          STR_ARGUMENTS(document->entities[entity].sector));
        buffer_byte(eventing->explanation, '\n');
    }
}

/* The condition at a position of a pattern, as written. */
static Str condition_text(const Lexicon *lexicon, const Pattern *pattern, uint32_t position)
{
    Str text = lexicon_string(lexicon, pattern->text), element = str_cut(&text, ' ');
    for (uint32_t i = 0; text.at && i <= position;) {
        element = str_cut(&text, ' ');
        i += element.size > 0;
    }
    return element;
}

void explain_pattern(const Eventing *eventing, const Pattern *pattern, const Site *site, uint32_t failed)
{
    const Lexicon *lexicon = eventing->lexicon.lexicon;
    Buffer *out = eventing->explanation;
    if (!out)
        return;
    buffer_format(out, "%.*s: %.*s:%u \"%.*s\" ", STR_ARGUMENTS(form_of(eventing, site->word)),
                  STR_ARGUMENTS(lexicon_string(lexicon, pattern->file)), pattern->line,
                  STR_ARGUMENTS(lexicon_string(lexicon, pattern->text)));
    if (failed != RELATO_NONE)
        buffer_format(out, "does not match: %.*s\n", STR_ARGUMENTS(condition_text(lexicon, pattern, failed)));
    else if (pattern->type == PLOVER_NO_TYPE)
        buffer_format(out, "matches: no event\n");
    else
        buffer_format(out, "matches: %s %.*s, frame %.*s\n", relato_event_type_name((RelatoEventType)pattern->type),
                      STR_ARGUMENTS(plover_mode_name(pattern->type, pattern->mode)),
                      STR_ARGUMENTS(lexicon_string(lexicon, eventing->lexicon.frames[pattern->frame].name)));
}

static void explain_parties(const Eventing *eventing, const char *as, const Parties *parties)
{
    for (size_t i = 0; i < parties->count; i++)
        buffer_format(eventing->explanation, "    %s: %.*s (%.*s %.*s)\n", as,
                      STR_ARGUMENTS(form_of(eventing, parties->items[i].word)),
                      STR_ARGUMENTS(parties->items[i].country), STR_ARGUMENTS(parties->items[i].sector));
}

void explain_mention(const Eventing *eventing, const Mention *mention)
{
    Buffer *out = eventing->explanation;
    if (!out)
        return;
    buffer_format(out, "  %.*s tells %s, %s\n", STR_ARGUMENTS(form_of(eventing, mention->site.word)),
                  relato_event_type_name((RelatoEventType)mention->type),
                  relato_reality_name((RelatoReality)mention->reality));
    if (mention->site.light != RELATO_NONE)
        buffer_format(out, "    carried by: %.*s\n", STR_ARGUMENTS(form_of(eventing, mention->site.light)));
    explain_parties(eventing, "actor", &mention->actors);
    explain_parties(eventing, "recipient", &mention->recipients);
    if (mention->actors.count + mention->recipients.count == 0)
        buffer_format(out, "    nobody takes part: it can only tell again what another mention tells\n");
}
