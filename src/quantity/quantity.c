#include <stdlib.h>

#include "quantity/quantity_lexicon.h"

/* Classes of quantity-words.tsv that the stage asks for. */
typedef struct QuantityClasses {
    uint32_t of;                       /* "de": before the noun behind "dezenas", "milhões" */
    uint32_t skip;                     /* stands between number and noun: "outros" */
    uint32_t stop;                     /* does not belong to the noun phrase */
    uint32_t joins;                    /* "shipping and trading companies" */
    uint32_t plural;                   /* what a counted noun looks like */
    uint32_t compound;                 /* nouns that go on behind a noun: "police officers" */
    uint32_t counted;                  /* nouns that say what is counted */
    uint32_t human;                    /* nouns for people */
    uint32_t verb_before, verb_behind; /* verbs that say so, before and behind the figure */
    uint32_t including;                /* "entre os quais": what follows is part of the figure before */
    uint32_t and;                      /* "e", ",": what stands on both sides shares its verb */
} QuantityClasses;

typedef struct QuantityReader {
    Document *document;
    PatternSet set;
    Matcher matcher;
    const QuantityResult *results;
    QuantityClasses classes;
    struct {
        Quantity *items;
        size_t count, capacity;
    } quantities;
    size_t last_end;  /* token behind the figure before, in this sentence; 0: none */
    bool last_people; /* it counts people */
} QuantityReader;

static uint8_t choice(Str name, const char *(*name_of)(int), int count, uint8_t otherwise)
{
    for (int i = 0; i < count; i++)
        if (str_equal(name, str_of(name_of(i))))
            return (uint8_t)i;
    return otherwise;
}

static const char *bound_name(int i)
{
    return relato_bound_name((RelatoBound)i);
}

static const char *counts_name(int i)
{
    return relato_counts_name((RelatoCounts)i);
}

static RelatoBound bound_of(Str name)
{
    return choice(name, bound_name, RELATO_BETWEEN + 1, RELATO_EXACTLY);
}

static RelatoCounts counts_of(Str name)
{
    return choice(name, counts_name, RELATO_OTHER + 1, RELATO_OTHER);
}

/* The length of the member of a class at the token, 0 if there is none. */
static size_t is(const QuantityReader *reader, uint32_t class_id, size_t token, size_t end)
{
    return token < end ? matcher_class(&reader->matcher, class_id, token, end, NULL) : 0;
}

/* ---- the noun ---------------------------------------------------------------------- */

static bool is_wordlike(const QuantityReader *reader, size_t token)
{
    return (reader->document->tokens[token].shape & SHAPE_LETTERS) &&
           !(reader->document->tokens[token].shape & SHAPE_DIGITS);
}

static bool is_noun(const QuantityReader *reader, size_t token, size_t end, bool one)
{
    return is(reader, reader->classes.counted, token, end) || is(reader, reader->classes.human, token, end) ||
           (one ? !is(reader, reader->classes.skip, token, end) : is(reader, reader->classes.plural, token, end) > 0);
}

enum { NOUN_REACH = 6 };

/* The head noun of the amount that ends before `start`: its token, or `end` if
 * there is none. Numbers of things go with plurals, one with any word. */
static size_t find_noun(const QuantityReader *reader, size_t start, size_t end, bool takes_of, bool one)
{
    const QuantityClasses *classes = &reader->classes;
    size_t at = start;
    if (takes_of && is(reader, classes->of, at, end))
        at++;
    for (size_t length; at < end && at - start < NOUN_REACH && (length = is(reader, classes->skip, at, end));)
        at += length;
    /* Where nouns follow their modifiers the noun may be some words away. */
    size_t limit = at + (classes->compound == RELATO_NONE ? 1 : NOUN_REACH);
    for (; at < end && at < limit; at++) {
        bool hyphen = str_equal(token_str(reader->document, &reader->document->tokens[at]), STR("-"));
        if (hyphen)
            continue;
        bool joins = is(reader, classes->joins, at, end) && at > start && at + 1 < end && is_wordlike(reader, at + 1);
        if (joins && !is(reader, classes->stop, at + 1, end))
            continue;
        if (!is_wordlike(reader, at) || is(reader, classes->stop, at, end))
            return end;
        if (!is_noun(reader, at, end, one))
            continue;
        while (is(reader, classes->compound, at + 1, end) && !is(reader, classes->stop, at + 1, end) &&
               is_wordlike(reader, at + 1))
            at++;
        return at;
    }
    return end;
}

/* ---- what is counted ------------------------------------------------------------------- */

enum { VERBS_BEFORE = 8, VERBS_BEHIND = 8 };

static bool closes_clause(const QuantityReader *reader, size_t token)
{
    Str text = token_str(reader->document, &reader->document->tokens[token]);
    return text.size == 1 && strchr(";:.!?", text.at[0]);
}

/* What the nearest verb says: before the figure back to the figure before, or
 * behind it up to the next number. RELATO_OTHER if none says anything. */
static RelatoCounts counts_by_verb(const QuantityReader *reader, size_t start, size_t behind, size_t first, size_t end)
{
    Str before = { NULL, 0 }, after = { NULL, 0 };
    size_t back = 1, ahead = 0;
    size_t least = reader->last_end > first ? reader->last_end : first;
    for (; back <= VERBS_BEFORE && start >= least + back && !closes_clause(reader, start - back); back++)
        if (matcher_class(&reader->matcher, reader->classes.verb_before, start - back, end, &before))
            break;
    for (; ahead < VERBS_BEHIND && behind + ahead < end && !closes_clause(reader, behind + ahead) &&
           !reader->matcher.mark_heads[behind + ahead];
         ahead++)
        if (matcher_class(&reader->matcher, reader->classes.verb_behind, behind + ahead, end, &after))
            break;
    if (!before.at && !after.at)
        return RELATO_OTHER;
    return counts_of(before.at && (!after.at || back <= ahead + 1) ? before : after);
}

static bool is_part_of_last(const QuantityReader *reader, size_t start, size_t end)
{
    for (size_t back = 1; back <= 5 && reader->last_end && start >= reader->last_end + back; back++)
        if (is(reader, reader->classes.including, start - back, end))
            return true;
    return false;
}

/* Nouns such as "soldiers" give way to a verb such as "killed"; "dead" does not. */
static bool gives_way(RelatoCounts counts)
{
    return counts >= RELATO_PARTICIPANTS || counts == RELATO_DISPLACED;
}

/* What the noun says, unless the verb tells what happened to them. */
static RelatoCounts overruled(RelatoCounts noun, RelatoCounts verb)
{
    return noun == RELATO_OTHER || verb < RELATO_PARTICIPANTS ? verb : noun;
}

/* Whether nothing but "and" or a comma parts a figure that begins at the token from the one before. */
static bool is_joined(const QuantityReader *reader, size_t start, size_t end)
{
    size_t at = reader->last_end;
    if (!at || !reader->quantities.count || at >= start || start - at > 2)
        return false;
    while (at < start && is(reader, reader->classes.and, at, end))
        at++;
    return at == start;
}

/* People, or a number without a noun: something may have happened to them. */
static bool is_people(const QuantityReader *reader, size_t noun, size_t end)
{
    return noun == end || is(reader, reader->classes.human, noun, end) ||
           is(reader, reader->classes.counted, noun, end) || (reader->document->tokens[noun].shape & SHAPE_CAPITAL);
}

static RelatoCounts find_counts(const QuantityReader *reader, size_t start, size_t behind, size_t noun, size_t first,
                                size_t end)
{
    Str name = { NULL, 0 };
    bool people = is_people(reader, noun, end);
    RelatoCounts counts = RELATO_OTHER;
    /* "duas crianças feridas", "45 injured": the word behind may say it. */
    for (size_t at = noun == end ? behind : noun; at < end && at <= (noun == end ? behind : noun + 1); at++)
        if (matcher_class(&reader->matcher, reader->classes.counted, at, end, &name)) {
            RelatoCounts said = counts_of(name);
            people = people || said != RELATO_MONEY;
            if (at == noun || counts == RELATO_OTHER || !gives_way(said))
                counts = said;
        }
    if (!people || !gives_way(counts))
        return counts;
    if (is_part_of_last(reader, start, end) && reader->quantities.count)
        return reader->quantities.items[reader->quantities.count - 1].counts;
    RelatoCounts verb = counts_by_verb(reader, start, behind, first, end);
    if (verb != RELATO_OTHER)
        return overruled(counts, verb);
    if (is_joined(reader, start, end) && reader->last_people)
        return overruled(counts, reader->quantities.items[reader->quantities.count - 1].counts);
    return counts;
}

/* "Two officers and three civilians were killed": the verb behind the second
 * figure tells of the first as well. */
static void share_verb(QuantityReader *reader, const Quantity *quantity, size_t start, bool people, size_t end)
{
    if (quantity->counts >= RELATO_PARTICIPANTS || !people || !reader->last_people || !is_joined(reader, start, end))
        return;
    Quantity *last = &reader->quantities.items[reader->quantities.count - 1];
    if (last->counts == RELATO_OTHER)
        last->counts = quantity->counts;
}

/* ---- a figure ----------------------------------------------------------------------------- */

static const Numeral *numeral_of(const QuantityReader *reader, const PatternMatch *match, const char *name)
{
    const PatternCapture *capture = pattern_capture(&reader->matcher, match, str_of(name));
    return capture && capture->mark ? &reader->document->numerals[reader->matcher.marks.items[capture->mark - 1].item]
                                    : NULL;
}

static Str template_text(const QuantityReader *reader, const PatternMatch *match, uint32_t template)
{
    return pattern_fill(&reader->matcher, match, lexicon_string(reader->set.lexicon, template));
}

/* Value and bound from what the rule says and the numerals are. */
static Quantity measured(const QuantityReader *reader, const PatternMatch *match, const Numeral *numeral)
{
    const Numeral *upper = numeral_of(reader, match, "m");
    const PatternCapture *written = pattern_capture(&reader->matcher, match, STR("n"));
    /* "uma tonelada": n is a word of a class, whose value is the number. */
    double one = written && written->value ? strtod(lexicon_string(reader->set.lexicon, written->value).at, NULL) : 0;
    Quantity quantity = { .value = numeral ? numeral->value : one,
                          .high = numeral ? numeral->high : one,
                          .bound = bound_of(template_text(reader, match, reader->results[match->rule].bound)) };
    if (upper)
        quantity.high = upper->high;
    if (quantity.high > quantity.value)
        quantity.bound = RELATO_BETWEEN;
    else
        quantity.high = quantity.value;
    if (numeral && numeral->kind == NUMERAL_VAGUE && quantity.bound == RELATO_EXACTLY)
        quantity.bound = RELATO_AT_LEAST;
    return quantity;
}

/* A number without a noun is a figure only if something else shows it to be one:
 * a bound, "outros", a verb; but a number behind a name belongs to it ("Apollo 13").
 * One is one only of people and what else is counted: "one thing" is no figure. */
static bool is_figure(const QuantityReader *reader, const PatternMatch *match, const Quantity *quantity, size_t noun,
                      size_t first, size_t end)
{
    if (quantity->high == 0) /* "nenhum ferido" is a figure, "no problem" is none */
        return quantity->counts < RELATO_PARTICIPANTS && quantity->counts != RELATO_DISPLACED && noun < end;
    bool said = pattern_capture(&reader->matcher, match, STR("b")) ||
                pattern_capture(&reader->matcher, match, STR("other")) ||
                pattern_capture(&reader->matcher, match, STR("noun"));
    if (noun < end)
        return said || quantity->high != 1 || is(reader, reader->classes.human, noun, end) ||
               is(reader, reader->classes.counted, noun, end);
    bool behind_name = match->first > first + 1 && (reader->document->tokens[match->first - 1].shape & SHAPE_CAPITAL);
    return (said && (quantity->high >= 10 || quantity->counts != RELATO_OTHER)) ||
           (quantity->counts != RELATO_OTHER && !behind_name) || pattern_capture(&reader->matcher, match, STR("other"));
}

static void add_quantity(QuantityReader *reader, const PatternMatch *match, size_t first, size_t end)
{
    Document *document = reader->document;
    const QuantityResult *result = &reader->results[match->rule];
    const Numeral *numeral = numeral_of(reader, match, "m");
    numeral = numeral ? numeral : numeral_of(reader, match, "n");
    Quantity quantity = measured(reader, match, numeral_of(reader, match, "n"));
    const PatternCapture *said = pattern_capture(&reader->matcher, match, STR("noun"));
    size_t last = match->first + match->count - 1, noun;
    if (said)
        noun = said->first;
    else {
        bool takes_of =
            numeral && (numeral->kind == NUMERAL_VAGUE || numeral->value >= 1e6 || numeral->token_count > 1);
        noun = find_noun(reader, last + 1, end, takes_of, quantity.high <= 1);
    }
    Str counts = template_text(reader, match, result->counts);
    size_t noun_last = noun < end && noun > last ? noun : last;
    quantity.counts =
        counts.size ? counts_of(counts) : find_counts(reader, match->first, noun_last + 1, noun, first, end);
    if (!is_figure(reader, match, &quantity, noun, first, end))
        return;
    quantity.span = token_span(document, match->first, noun_last);
    if (noun < end)
        quantity.noun = token_str(document, &document->tokens[noun]);
    bool people = quantity.counts != RELATO_MONEY && is_people(reader, noun, end);
    share_verb(reader, &quantity, match->first, people, end);
    *ARENA_PUSH(document->arena, &reader->quantities) = quantity;
    reader->last_end = noun_last + 1;
    reader->last_people = people;
}

/* ---- the stage ------------------------------------------------------------------------------ */

/* Numerals that no time expression holds are marks. */
static void mark_free_numerals(QuantityReader *reader)
{
    const Document *document = reader->document;
    size_t time = 0;
    matcher_mark_numerals(&reader->matcher);
    for (size_t i = 0; i < document->numeral_count; i++) {
        const Numeral *numeral = &document->numerals[i];
        uint32_t start = document->tokens[numeral->first_token].start;
        while (time < document->time_count && document->times[time].span.end <= start)
            time++;
        if (time < document->time_count && document->times[time].span.start <= start)
            reader->matcher.mark_heads[numeral->first_token] = 0;
    }
}

static void open_classes(QuantityReader *reader)
{
    const struct {
        const char *name;
        uint32_t *class_id;
    } classes[] = {
        { "of", &reader->classes.of },
        { "skip", &reader->classes.skip },
        { "stop", &reader->classes.stop },
        { "joins", &reader->classes.joins },
        { "plural", &reader->classes.plural },
        { "compound", &reader->classes.compound },
        { "counted", &reader->classes.counted },
        { "human", &reader->classes.human },
        { "verb-before", &reader->classes.verb_before },
        { "verb-behind", &reader->classes.verb_behind },
        { "including", &reader->classes.including },
        { "and", &reader->classes.and },
    };
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        *classes[i].class_id = pattern_class(&reader->set, classes[i].name);
}

static bool open_reader(QuantityReader *reader, Document *document, const Language *language)
{
    size_t count;
    *reader = (QuantityReader){ .document = document };
    if (!pattern_set_open(&reader->set, &language->lexicon, "figure"))
        return false;
    reader->results = lexicon_section(&language->lexicon, "figure.results", sizeof *reader->results, &count);
    open_classes(reader);
    matcher_init(&reader->matcher, &reader->set, document);
    mark_free_numerals(reader);
    return true;
}

void quantity_stage(Document *document, const Language *language)
{
    QuantityReader reader;
    PatternMatches matches = { 0 };
    if (!open_reader(&reader, document, language))
        return;
    for (size_t s = 0; s < document->sentence_count; s++) {
        size_t first = document->sentences[s].first_token, end = first + document->sentences[s].token_count;
        matches.count = 0;
        reader.last_end = 0;
        matcher_find(&reader.matcher, 1, first, end, &matches);
        for (size_t i = 0; i < matches.count; i++)
            if (!reader.results[matches.items[i].rule].nothing)
                add_quantity(&reader, &matches.items[i], first, end);
    }
    document->quantities = reader.quantities.items;
    document->quantity_count = reader.quantities.count;
}

static void explain_match(QuantityReader *reader, const PatternMatch *match, size_t first, size_t end, Buffer *out)
{
    size_t count = reader->quantities.count;
    pattern_explain(&reader->matcher, match, out);
    if (!reader->results[match->rule].nothing)
        add_quantity(reader, match, first, end);
    if (reader->quantities.count == count) {
        buffer_add(out, reader->results[match->rule].nothing
                            ? STR("  gives nothing: the rule says that it is no figure\n")
                            : STR("  gives nothing: no noun is near, and nothing else shows it to be a figure\n"));
        return;
    }
    const Quantity *quantity = &reader->quantities.items[count];
    buffer_format(out, "  gives %.12g", quantity->value);
    if (quantity->high > quantity->value)
        buffer_format(out, " to %.12g", quantity->high);
    buffer_format(out, ", %s, %s, of \"%.*s\"\n", relato_bound_name(quantity->bound),
                  relato_counts_name(quantity->counts), STR_ARGUMENTS(quantity->noun));
}

void quantity_explain(Document *document, const Language *language, Buffer *out)
{
    QuantityReader reader;
    PatternMatches matches = { 0 }, refused = { 0 };
    if (!open_reader(&reader, document, language))
        return;
    reader.matcher.refused = &refused;
    for (size_t s = 0; s < document->sentence_count; s++) {
        size_t first = document->sentences[s].first_token, end = first + document->sentences[s].token_count;
        matches.count = refused.count = 0;
        reader.last_end = 0;
        matcher_find(&reader.matcher, 1, first, end, &matches);
        for (size_t i = 0; i < matches.count; i++)
            explain_match(&reader, &matches.items[i], first, end, out);
    }
}
