#include "time/time_lexicon.h"

typedef struct TimeReader {
    Document *document;
    PatternSet set;
    Matcher matcher;
    const TimeResult *results;
    uint32_t future, past;      /* classes of words that tell the tense */
    Moment now, reference;      /* day of publication; what was mentioned last */
    struct { Time *items; size_t count, capacity; } times;
} TimeReader;

/* ---- finding --------------------------------------------------------------------- */

/* What later passes see of a match. */
static void mark_match(TimeReader *reader, const PatternMatch *match)
{
    const TimeResult *result = &reader->results[match->rule];
    const char *kind = lexicon_string(reader->set.lexicon, result->mark).at;
    Str value = pattern_fill(&reader->matcher, match, lexicon_string(reader->set.lexicon, result->value));
    matcher_mark(&reader->matcher, (Mark){ .first = match->first, .count = match->count,
                                           .kind = pattern_kind(&reader->set, kind), .text = value });
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

enum { CUE_REACH = 12 };

/* Past or future, as the nearest word tells that shows tense; past if none does:
 * news is about what has happened. */
static Direction direction_by_tense(const TimeReader *reader, const PatternMatch *match, const Sentence *sentence)
{
    size_t first = sentence->first_token, end = first + sentence->token_count;
    for (size_t distance = 1; distance <= CUE_REACH; distance++)
        for (int side = 0; side < 2; side++) {
            size_t token = side == 0 ? match->first - distance : match->first + match->count - 1 + distance;
            if (side == 0 ? match->first < first + distance : token >= end)
                continue;
            if (matcher_class(&reader->matcher, reader->past, token, end, NULL))
                return DIRECTION_PAST;
            if (matcher_class(&reader->matcher, reader->future, token, end, NULL))
                return DIRECTION_FUTURE;
        }
    return DIRECTION_PAST;
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

static void add_time(TimeReader *reader, const PatternMatch *match, const Sentence *sentence)
{
    const Lexicon *lexicon = reader->set.lexicon;
    const TimeResult *result = &reader->results[match->rule];
    Document *document = reader->document;
    if (result->type == TIME_NOTHING)
        return;
    Direction direction = result->direction == DIRECTION_TENSE ? direction_by_tense(reader, match, sentence)
                                                               : (Direction)result->direction;
    Moment moment;
    Str value = pattern_fill(&reader->matcher, match, lexicon_string(lexicon, result->value));
    Time *time = ARENA_PUSH(document->arena, &reader->times);
    *time = (Time){ .type = (RelatoTimeType)result->type,
                    .span = span_of(document, match),
                    .mod = pattern_fill(&reader->matcher, match, lexicon_string(lexicon, result->mod)) };
    time->value = value_resolve(document->arena, value, reader->now, reader->reference, direction, &moment);
    Date from, to;
    if (time->type > RELATO_TIME || !moment_days(moment, &from, &to))
        return;
    time->from = str_format(document->arena, "%04d-%02d-%02d", from.year, from.month, from.day);
    time->to = str_format(document->arena, "%04d-%02d-%02d", to.year, to.month, to.day);
    reader->reference = moment;
}

/* ---- the stage ------------------------------------------------------------------------ */

void time_stage(Document *document, const Language *language)
{
    TimeReader reader = { .document = document };
    size_t count;
    Date published;
    if (!pattern_set_open(&reader.set, &language->lexicon, "time"))
        return;
    reader.results = lexicon_section(&language->lexicon, "time.results", sizeof *reader.results, &count);
    reader.future = pattern_class(&reader.set, "future");
    reader.past = pattern_class(&reader.set, "past");
    if (date_parse(document->meta.published, &published))
        reader.now = reader.reference = (Moment){ LEVEL_DAY, published.year, published.month, published.day };
    matcher_init(&reader.matcher, &reader.set, document);
    matcher_mark_numerals(&reader.matcher);
    PatternMatches matches = { 0 };
    for (size_t s = 0; s < document->sentence_count; s++) {
        matches.count = 0;
        find_times(&reader, &document->sentences[s], &matches);
        for (size_t i = 0; i < matches.count; i++)
            add_time(&reader, &matches.items[i], &document->sentences[s]);
    }
    document->times = reader.times.items;
    document->time_count = reader.times.count;
}
