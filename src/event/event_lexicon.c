#include "event/event_lexicon.h"

EventLexicon event_lexicon_open(const Lexicon *lexicon)
{
    EventLexicon events = { .lexicon = lexicon };
#define OPEN(name, member, count) events.member = lexicon_section(lexicon, name, sizeof *events.member, &events.count)
    OPEN("event.patterns", patterns, pattern_count);
    OPEN("event.conds", conditions, condition_count);
    OPEN("event.choices", choices, choice_count);
    OPEN("event.slots", slots, slot_count);
    OPEN("event.frames", frames, frame_count);
    OPEN("event.anchors", anchors, anchor_count);
    OPEN("event.members", members, member_count);
    OPEN("event.modals", modals, modal_count);
    OPEN("event.tenses", tenses, tense_count);
    OPEN("event.contexts", contexts, context_count);
    OPEN("event.tails", tails, tail_count);
#undef OPEN
    return events;
}

size_t event_lexicon_anchor(const EventLexicon *lexicon, uint32_t word)
{
    return phrase_first(lexicon->anchors, lexicon->anchor_count, sizeof *lexicon->anchors, word);
}

size_t event_lexicon_modal(const EventLexicon *lexicon, uint32_t word)
{
    return phrase_first(lexicon->modals, lexicon->modal_count, sizeof *lexicon->modals, word);
}

size_t event_lexicon_context(const EventLexicon *lexicon, uint32_t word)
{
    return phrase_first(lexicon->contexts, lexicon->context_count, sizeof *lexicon->contexts, word);
}

size_t event_lexicon_member(const EventLexicon *lexicon, uint32_t class_id, uint32_t word)
{
    size_t low = 0, high = lexicon->member_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const Member *member = &lexicon->members[middle];
        if (member->class_id < class_id || (member->class_id == class_id && member->phrase.word < word))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
