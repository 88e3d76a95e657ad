#include "time/time_lexicon.h"

typedef struct TimeReader {
    Document *document;
    PatternSet set;
    Matcher matcher;
    const TimeResult *results;
    uint32_t future, past, deadline; /* classes of words that tell the tense */
    Anchors anchors;
    Moment dated;     /* the last month or day written with its year, */
    size_t dated_end; /* and the token behind it */
    struct {
        Time *items;
        size_t count, capacity;
    } times;
} TimeReader;

/* ---- finding --------------------------------------------------------------------- */

/* The direction that a rule gives, or that the rule behind one of its marks gave. */
static uint8_t direction_of(const TimeReader *reader, const PatternMatch *match)
{
    uint8_t direction = reader->results[match->rule].direction;
    for (uint32_t i = 0; i < match->capture_count && direction == DIRECTION_TENSE; i++) {
        uint32_t mark = match->captures[i].mark;
        if (mark && reader->matcher.marks.items[mark - 1].text.size)
            direction = (uint8_t)reader->matcher.marks.items[mark - 1].item;
    }
    return direction;
}

/* What later passes see of a match. */
static void mark_match(TimeReader *reader, const PatternMatch *match)
{
    const TimeResult *result = &reader->results[match->rule];
    const char *kind = lexicon_string(reader->set.lexicon, result->mark).at;
    Str value = pattern_fill(&reader->matcher, match, lexicon_string(reader->set.lexicon, result->value));
    if (str_ends(value, STR("_REF"))) /* what is vague has no parts */
        return;
    matcher_mark(&reader->matcher, (Mark){ .first = match->first,
                                           .count = match->count,
                                           .text = value,
                                           .kind = pattern_kind(&reader->set, kind),
                                           .item = direction_of(reader, match) });
}

/* All time expressions of a sentence. Rules of a later pass speak of what the
 * passes before found; without any they need not be tried. */
static void find_times(TimeReader *reader, const Sentence *sentence, PatternMatches *matches)
{
    size_t first = sentence->first_token, end = first + sentence->token_count;
    for (uint32_t pass = 1; pass <= reader->set.passes && (pass == 1 || matches->count); pass++) {
        size_t from = matches->count;
        matcher_find(&reader->matcher, pass, first, end, matches);
        for (size_t i = from; i < matches->count && pass < reader->set.passes; i++)
            mark_match(reader, &matches->items[i]);
    }
    matcher_select(&reader->matcher, matches);
}

/* ---- resolving ---------------------------------------------------------------------- */

enum { CUES_BEFORE = 10, CUES_BEHIND = 6 };

/* Whether the words around tell of the future: the nearest one that shows tense,
 * those before the match first, as the verb mostly stands there. */
static bool tells_future(const TimeReader *reader, const PatternMatch *match, const Sentence *sentence, bool deadlines)
{
    size_t first = sentence->first_token, end = first + sentence->token_count, behind = match->first + match->count;
    if (deadlines && match->first > first &&
        matcher_class(&reader->matcher, reader->deadline, match->first - 1, end, NULL))
        return true;
    for (size_t i = 1; i <= CUES_BEFORE + CUES_BEHIND; i++) {
        size_t token = i <= CUES_BEFORE ? match->first - i : behind + (i - CUES_BEFORE - 1);
        if (i <= CUES_BEFORE ? match->first < first + i : token >= end)
            continue;
        if (matcher_class(&reader->matcher, reader->future, token, end, NULL))
            return true;
        if (matcher_class(&reader->matcher, reader->past, token, end, NULL))
            return false;
    }
    return false;
}

static Direction resolved_direction(const TimeReader *reader, const PatternMatch *match, const Sentence *sentence)
{
    uint8_t direction = direction_of(reader, match);
    if (direction < DIRECTION_TENSE)
        return (Direction)direction;
    if (tells_future(reader, match, sentence, direction == DIRECTION_TENSE))
        return DIRECTION_FUTURE;
    return direction == DIRECTION_TENSE ? DIRECTION_PAST : DIRECTION_NEAR;
}

/* The span of a match without a clitic that closes it: "last year" of "last year's". */
static Span span_of(const Document *document, const PatternMatch *match)
{
    size_t last = match->first + match->count - 1;
    const Token *token = &document->tokens[last];
    Span span = token_span(document, match->first, last);
    if (token->word_count != 2)
        return span;
    Str stem = document->words[token->first_word].form, clitic = document->words[token->first_word + 1].form;
    Str text = token_str(document, token);
    bool parted = stem.size + clitic.size == text.size && str_starts(text, stem) && str_ends(text, clitic);
    if (parted)
        span.end -= (uint32_t)clitic.size;
    return span;
}

enum { CARRY_REACH = 4 };

/* Whether the value is a month or day without year that follows close on one
 * with its year: "fevereiro de 2021, entre março e junho". */
static bool carries_year(const TimeReader *reader, const PatternMatch *match, const Sentence *sentence, Str value)
{
    return reader->dated.level && value.size >= 7 && str_starts(value, STR("XXXX-")) && value.at[5] != 'W' &&
           value.at[5] != 'X' && reader->dated_end > sentence->first_token && match->first >= reader->dated_end &&
           match->first - reader->dated_end <= CARRY_REACH;
}

/* Keeps a month or day that was written with its year. */
static void keep_dated(TimeReader *reader, const PatternMatch *match, Moment moment)
{
    Date from, to;
    if ((moment.level != LEVEL_MONTH && moment.level != LEVEL_DAY) || !moment_days(moment, &from, &to))
        return;
    reader->dated = (Moment){ LEVEL_DAY, from.year, from.month, from.day };
    reader->dated_end = match->first + match->count;
}

static Str resolved_value(TimeReader *reader, const PatternMatch *match, const Sentence *sentence, RelatoTimeType type,
                          Str value, Moment *moment)
{
    static const Anchors none = { 0 };
    Arena *arena = reader->document->arena;
    if (type == RELATO_SET) /* "every Friday" is no moment: it stays XXXX-WXX-5 */
        return value_resolve(arena, value, &none, DIRECTION_PAST, moment);
    bool carried = carries_year(reader, match, sentence, value);
    Anchors anchors = reader->anchors;
    if (carried)
        anchors.now = reader->dated;
    Direction direction = carried ? DIRECTION_FUTURE : resolved_direction(reader, match, sentence);
    Str resolved = value_resolve(arena, value, &anchors, direction, moment);
    if (carried || (value.size && value.at[0] >= '0' && value.at[0] <= '9'))
        keep_dated(reader, match, *moment);
    return resolved;
}

/* Adds one expression of a match: its words, and the template of its value. */
static void add_expression(TimeReader *reader, const PatternMatch *match, const Sentence *sentence, Span span,
                           Str template)
{
    const TimeResult *result = &reader->results[match->rule];
    Document *document = reader->document;
    Moment moment;
    Date from, to;
    Str value = pattern_fill(&reader->matcher, match, template);
    Time *time = ARENA_PUSH(document->arena, &reader->times);
    time->type = (RelatoTimeType)result->type;
    time->span = span;
    time->mod = pattern_fill(&reader->matcher, match, lexicon_string(reader->set.lexicon, result->mod));
    time->value = resolved_value(reader, match, sentence, time->type, value, &moment);
    if (time->type > RELATO_TIME || !moment_days(moment, &from, &to))
        return;
    time->from = str_format(document->arena, "%04d-%02d-%02d", from.year, from.month, from.day);
    time->to = str_format(document->arena, "%04d-%02d-%02d", to.year, to.month, to.day);
    if (!value_compares(value))
        anchors_mention(&reader->anchors, moment);
}

/* Adds what a match gives: nothing, one expression, or two in the same words ("1998-99"). */
static void add_time(TimeReader *reader, const PatternMatch *match, const Sentence *sentence)
{
    const Lexicon *lexicon = reader->set.lexicon;
    const TimeResult *result = &reader->results[match->rule];
    Str value = lexicon_string(lexicon, result->value), until = lexicon_string(lexicon, result->until);
    if (result->type == TIME_NOTHING)
        return;
    const PatternCapture *first = pattern_capture(&reader->matcher, match, STR("a"));
    const PatternCapture *last = pattern_capture(&reader->matcher, match, STR("z"));
    if (!until.size || !first || !last) {
        add_expression(reader, match, sentence, span_of(reader->document, match), value);
        return;
    }
    add_expression(reader, match, sentence, pattern_span(&reader->matcher, first), value);
    add_expression(reader, match, sentence, pattern_span(&reader->matcher, last), until);
}

/* ---- the stage ------------------------------------------------------------------------ */

static bool open_reader(TimeReader *reader, Document *document, const Language *language)
{
    size_t count;
    Date published;
    *reader = (TimeReader){ .document = document };
    if (!pattern_set_open(&reader->set, &language->lexicon, "time"))
        return false;
    reader->results = lexicon_section(&language->lexicon, "time.results", sizeof *reader->results, &count);
    reader->future = pattern_class(&reader->set, "future");
    reader->past = pattern_class(&reader->set, "past");
    reader->deadline = pattern_class(&reader->set, "deadline");
    if (date_parse(document->meta.published, &published))
        reader->anchors.now = (Moment){ LEVEL_DAY, published.year, published.month, published.day };
    matcher_init(&reader->matcher, &reader->set, document);
    matcher_mark_numerals(&reader->matcher);
    return true;
}

void time_stage(Document *document, const Language *language)
{
    TimeReader reader;
    PatternMatches matches = { 0 };
    if (!open_reader(&reader, document, language))
        return;
    for (size_t s = 0; s < document->sentence_count; s++) {
        matches.count = 0;
        find_times(&reader, &document->sentences[s], &matches);
        for (size_t i = 0; i < matches.count; i++)
            add_time(&reader, &matches.items[i], &document->sentences[s]);
    }
    document->times = reader.times.items;
    document->time_count = reader.times.count;
}

/* One match: the rule, what its template gives, and what that resolves to. */
static void explain_match(TimeReader *reader, const PatternMatch *match, const Sentence *sentence, Buffer *out)
{
    static const char *const directions[] = { "past", "future", "last", "next", "near" };
    const TimeResult *result = &reader->results[match->rule];
    Str template = lexicon_string(reader->set.lexicon, result->value);
    size_t count = reader->times.count;
    pattern_explain(&reader->matcher, match, out);
    add_time(reader, match, sentence);
    if (reader->times.count == count) {
        buffer_add(out, STR("  gives nothing: the rule says that it is no time expression\n"));
        return;
    }
    const Time *time = &reader->times.items[count];
    buffer_format(out, "  gives %s %.*s", relato_time_type_name(time->type), STR_ARGUMENTS(time->value));
    buffer_format(out, ", from %.*s", STR_ARGUMENTS(pattern_fill(&reader->matcher, match, template)));
    if (time->from.size)
        buffer_format(out, " (%s)", directions[resolved_direction(reader, match, sentence)]);
    buffer_byte(out, '\n');
}

void time_explain(Document *document, const Language *language, Buffer *out)
{
    TimeReader reader;
    PatternMatches matches = { 0 }, refused = { 0 };
    if (!open_reader(&reader, document, language))
        return;
    reader.matcher.refused = &refused;
    for (size_t s = 0; s < document->sentence_count; s++) {
        matches.count = refused.count = 0;
        find_times(&reader, &document->sentences[s], &matches);
        for (size_t i = 0; i < matches.count; i++)
            explain_match(&reader, &matches.items[i], &document->sentences[s], out);
    }
}
