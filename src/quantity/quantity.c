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
    size_t last_end;   /* token behind the figure before, in this sentence; 0: none */
    bool last_people;  /* it may count people */
    bool last_by_verb; /* a verb told what it counts */
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

/* A figure being made. */
typedef struct Figure {
    Quantity quantity;
    size_t start, behind; /* its tokens, the noun included */
    size_t noun;          /* token of the head noun; `end` if it has none */
    size_t first, end;    /* tokens of the sentence */
    bool people;          /* it may count people: something may have happened to them */
    bool by_verb;         /* a verb told what is counted, not the noun */
} Figure;

enum { VERBS_BEFORE = 8, VERBS_BEHIND = 8 };

static bool closes_clause(const QuantityReader *reader, size_t token)
{
    Str text = token_str(reader->document, &reader->document->tokens[token]);
    return text.size == 1 && strchr(";:.!?", text.at[0]);
}

/* What the nearest verb says: before the figure back to the figure before, or
 * behind it up to the next number; of two as near, the one behind. RELATO_OTHER
 * if none says anything. */
static RelatoCounts counts_by_verb(const QuantityReader *reader, const Figure *figure)
{
    const QuantityClasses *classes = &reader->classes;
    Str before = { NULL, 0 }, after = { NULL, 0 };
    size_t back = 1, ahead = 0, end = figure->end;
    size_t least = reader->last_end > figure->first ? reader->last_end : figure->first;
    for (; back <= VERBS_BEFORE && figure->start >= least + back; back++)
        if (closes_clause(reader, figure->start - back) ||
            matcher_class(&reader->matcher, classes->verb_before, figure->start - back, end, &before))
            break;
    for (; ahead < VERBS_BEHIND && figure->behind + ahead < end; ahead++)
        if (closes_clause(reader, figure->behind + ahead) || reader->matcher.mark_heads[figure->behind + ahead] ||
            matcher_class(&reader->matcher, classes->verb_behind, figure->behind + ahead, end, &after))
            break;
    if (!before.at && !after.at)
        return RELATO_OTHER;
    return counts_of(before.at && (!after.at || back < ahead + 1) ? before : after);
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

/* What the noun says or, as in "duas crianças feridas" and "45 injured", the word behind it. */
static RelatoCounts counts_by_noun(const QuantityReader *reader, const Figure *figure)
{
    RelatoCounts counts = RELATO_OTHER;
    bool none = figure->noun == figure->end;
    size_t at = none ? figure->behind : figure->noun, last = none ? figure->behind : figure->noun + 1;
    for (Str name; at < figure->end && at <= last; at++)
        if (matcher_class(&reader->matcher, reader->classes.counted, at, figure->end, &name)) {
            RelatoCounts said = counts_of(name);
            if (at == figure->noun || counts == RELATO_OTHER || !gives_way(said))
                counts = said;
        }
    return counts;
}

/* Whether nothing but "and" or a comma parts the figure from the one before. */
static bool is_joined(const QuantityReader *reader, const Figure *figure)
{
    size_t at = reader->last_end;
    if (!at || at >= figure->start || figure->start - at > 2)
        return false;
    while (at < figure->start && is(reader, reader->classes.and, at, figure->end))
        at++;
    return at == figure->start;
}

/* Whether the figure is a part of the one before: "258 people, including 12 children". */
static bool is_part_of_last(const QuantityReader *reader, const Figure *figure)
{
    for (size_t back = 1; back <= 5 && reader->last_end && figure->start >= reader->last_end + back; back++)
        if (is(reader, reader->classes.including, figure->start - back, figure->end))
            return true;
    return false;
}

/* Finds out what the figure counts: from its noun, from a figure that it is a
 * part of, from a verb, or from a figure that shares its verb. */
static void find_counts(const QuantityReader *reader, Figure *figure)
{
    Quantity *quantity = &figure->quantity;
    const Quantity *last = reader->last_end ? &reader->quantities.items[reader->quantities.count - 1] : NULL;
    quantity->counts = counts_by_noun(reader, figure);
    figure->people = quantity->counts != RELATO_OTHER || figure->noun == figure->end ||
                     is(reader, reader->classes.human, figure->noun, figure->end) ||
                     (reader->document->tokens[figure->noun].shape & SHAPE_CAPITAL);
    if (!figure->people || !gives_way(quantity->counts))
        return;
    RelatoCounts verb = counts_by_verb(reader, figure);
    if (is_part_of_last(reader, figure) && reader->last_people)
        verb = last->counts;
    else if (verb == RELATO_OTHER && reader->last_by_verb && is_joined(reader, figure))
        verb = last->counts;
    figure->by_verb = verb != RELATO_OTHER;
    if (figure->by_verb)
        quantity->counts = overruled(quantity->counts, verb);
}

/* "Two officers and three civilians were killed": the verb behind the second
 * figure tells of the first as well. */
static void share_verb(QuantityReader *reader, const Figure *figure)
{
    if (figure->by_verb && reader->last_people && figure->quantity.counts < RELATO_PARTICIPANTS &&
        is_joined(reader, figure)) {
        Quantity *last = &reader->quantities.items[reader->quantities.count - 1];
        if (last->counts == RELATO_OTHER)
            last->counts = figure->quantity.counts;
    }
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
static Quantity measured(const QuantityReader *reader, const PatternMatch *match)
{
    const Numeral *numeral = numeral_of(reader, match, "n"), *upper = numeral_of(reader, match, "m");
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

/* "Dezenas", "milhões", "uma centena" take an "of" before their noun. */
static bool takes_of(const QuantityReader *reader, const PatternMatch *match)
{
    const Numeral *numeral = numeral_of(reader, match, "m");
    numeral = numeral ? numeral : numeral_of(reader, match, "n");
    return numeral && (numeral->kind == NUMERAL_VAGUE || numeral->value >= 1e6 || numeral->token_count > 1);
}

static bool says(const QuantityReader *reader, const PatternMatch *match, const char *name)
{
    return pattern_capture(&reader->matcher, match, str_of(name)) != NULL;
}

enum { MILLION = 1000000 };

/* A number without a noun is a figure only if something else shows it to be one:
 * a bound, "outros", a verb, its size; but a number behind a name belongs to it
 * ("Apollo 13"). One is one only of people and what else is counted: "one thing"
 * is no figure; none only of those harmed: "no problem" is none either. */
static bool is_figure(const QuantityReader *reader, const PatternMatch *match, const Figure *figure)
{
    const Quantity *quantity = &figure->quantity;
    bool noun = figure->noun < figure->end, verb = quantity->counts != RELATO_OTHER;
    bool said = says(reader, match, "b") || says(reader, match, "other") || says(reader, match, "noun");
    if (quantity->high == 0)
        return noun && quantity->counts < RELATO_PARTICIPANTS && quantity->counts != RELATO_DISPLACED;
    if (noun)
        return said || quantity->high != 1 || is(reader, reader->classes.human, figure->noun, figure->end) ||
               is(reader, reader->classes.counted, figure->noun, figure->end);
    bool behind_name =
        figure->start > figure->first + 1 && (reader->document->tokens[figure->start - 1].shape & SHAPE_CAPITAL);
    return (said && (quantity->high >= 10 || verb)) || says(reader, match, "other") ||
           ((verb || (quantity->value >= MILLION && quantity->bound == RELATO_EXACTLY)) && !behind_name);
}

static void add_quantity(QuantityReader *reader, const PatternMatch *match, size_t first, size_t end)
{
    Document *document = reader->document;
    const PatternCapture *said = pattern_capture(&reader->matcher, match, STR("noun"));
    size_t behind = match->first + match->count;
    Figure figure = {
        .quantity = measured(reader, match), .start = match->first, .behind = behind, .first = first, .end = end
    };
    figure.noun =
        said ? said->first : find_noun(reader, behind, end, takes_of(reader, match), figure.quantity.high <= 1);
    if (figure.noun < end && figure.noun >= behind)
        figure.behind = figure.noun + 1;
    Str counts = template_text(reader, match, reader->results[match->rule].counts);
    if (counts.size)
        figure.quantity.counts = counts_of(counts);
    else
        find_counts(reader, &figure);
    if (!is_figure(reader, match, &figure))
        return;
    figure.quantity.span = token_span(document, figure.start, figure.behind - 1);
    if (figure.noun < end)
        figure.quantity.noun = token_str(document, &document->tokens[figure.noun]);
    share_verb(reader, &figure);
    *ARENA_PUSH(document->arena, &reader->quantities) = figure.quantity;
    reader->last_end = figure.behind;
    reader->last_people = figure.people;
    reader->last_by_verb = figure.by_verb;
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
