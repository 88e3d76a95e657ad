#include "language/pattern.h"

#include <math.h>
#include <stdlib.h>

/* ---- opening a set ----------------------------------------------------------- */

static const void *part(const PatternSet *set, const char *name, const char *suffix, size_t element, size_t *count)
{
    char section[24];
    snprintf(section, sizeof section, "%s.%s", name, suffix);
    return lexicon_section(set->lexicon, section, element, count);
}

bool pattern_set_open(PatternSet *set, const Lexicon *lexicon, const char *name)
{
    *set = (PatternSet){ .lexicon = lexicon };
    set->nodes = part(set, name, "nodes", sizeof *set->nodes, &set->node_count);
    set->rules = part(set, name, "rules", sizeof *set->rules, &set->rule_count);
    set->entries = part(set, name, "entries", sizeof *set->entries, &set->entry_count);
    set->suffixes = part(set, name, "suffixes", sizeof *set->suffixes, &set->suffix_count);
    set->tails = part(set, name, "tails", sizeof *set->tails, &set->tail_count);
    set->index = part(set, name, "index", sizeof *set->index, &set->index_count);
    set->starts = part(set, name, "starts", sizeof *set->starts, &set->start_count);
    set->mark_starts = part(set, name, "marks", sizeof *set->mark_starts, &set->mark_start_count);
    set->shape_starts = part(set, name, "shapes", sizeof *set->shape_starts, &set->shape_start_count);
    set->classes = part(set, name, "classes", sizeof *set->classes, &set->class_count);
    set->kinds = part(set, name, "kinds", sizeof *set->kinds, &set->kind_count);
    for (size_t i = 0; i < set->rule_count; i++)
        if (set->rules[i].pass > set->passes)
            set->passes = set->rules[i].pass;
    return set->nodes != NULL;
}

static uint32_t position_of(const PatternSet *set, const uint32_t *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(lexicon_string(set->lexicon, names[i]), str_of(name)))
            return (uint32_t)i;
    return RELATO_NONE;
}

uint32_t pattern_class(const PatternSet *set, const char *name)
{
    return position_of(set, set->classes, set->class_count, name);
}

uint32_t pattern_kind(const PatternSet *set, const char *name)
{
    return position_of(set, set->kinds, set->kind_count, name);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* ---- marks --------------------------------------------------------------------- */

/* Distances at which a node was visited in a generation: bit k for k tokens. */
struct PatternVisit {
    uint32_t generation, distances;
};

void matcher_init(Matcher *matcher, const PatternSet *set, Document *document)
{
    *matcher = (Matcher){ .set = set, .document = document };
    matcher->mark_heads = ARENA_ARRAY(document->arena, uint32_t, document->token_count + 1);
    matcher->visits = ARENA_ARRAY(document->arena, struct PatternVisit, set->node_count);
}

void matcher_mark(Matcher *matcher, Mark mark)
{
    if (mark.kind == RELATO_NONE)
        return;
    mark.next = matcher->mark_heads[mark.first];
    *ARENA_PUSH(matcher->document->arena, &matcher->marks) = mark;
    matcher->mark_heads[mark.first] = (uint32_t)matcher->marks.count;
}

static bool all_digits(Str s)
{
    size_t i = 0;
    while (i < s.size && is_digit(s.at[i]))
        i++;
    return i == s.size;
}

void matcher_mark_numerals(Matcher *matcher)
{
    static const char *const names[] = { "cardinal", "ordinal", "fraction", "vague" };
    uint32_t kinds[sizeof names / sizeof *names];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        kinds[i] = pattern_kind(matcher->set, names[i]);
    const Document *document = matcher->document;
    uint32_t range = pattern_kind(matcher->set, "range");
    for (size_t i = 0; i < document->numeral_count; i++) {
        const Numeral *numeral = &document->numerals[i];
        const Token *first = &document->tokens[numeral->first_token];
        Mark mark = { .first = numeral->first_token,
                      .count = numeral->token_count,
                      .kind = kinds[numeral->kind],
                      .item = (uint32_t)i,
                      .value = numeral->value,
                      .digits = first->shape & SHAPE_DIGITS,
                      .plain = numeral->token_count == 1 && all_digits(token_str(document, first)) };
        matcher_mark(matcher, mark);
        mark.kind = range;
        if (numeral->high > numeral->value)
            matcher_mark(matcher, mark);
    }
}

/* ---- single nodes ---------------------------------------------------------------- */

static char folded(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static bool ends_folded(Str s, Str suffix)
{
    if (s.size <= suffix.size)
        return false;
    for (size_t i = 0; i < suffix.size; i++)
        if (folded(s.at[s.size - suffix.size + i]) != suffix.at[i])
            return false;
    return true;
}

/* The parts {name:…} of a shape and where they matched. */
typedef struct ShapeParts {
    struct {
        Str name;
        uint32_t start, end;
    } items[4];
    size_t count;
} ShapeParts;

/* Matches shape from `s` on with token from `t` on. A shape is made of \d (a
 * digit), \l (a letter), any other character (itself), each with "?" or "+" if
 * need be, and {name:…} around a part. */
static bool shape_matches(Str shape, size_t s, Str token, size_t t, ShapeParts *parts)
{
    while (s < shape.size) {
        if (shape.at[s] == '{' && parts->count < 4) {
            size_t colon = str_find_byte(shape, ':', s);
            parts->items[parts->count].name = str_slice(shape, s + 1, colon);
            parts->items[parts->count++].start = (uint32_t)t;
            s = colon + 1;
            continue;
        }
        if (shape.at[s] == '}') {
            parts->items[parts->count - 1].end = (uint32_t)t;
            s++;
            continue;
        }
        char kind = 0, want = shape.at[s];
        if (want == '\\' && s + 1 < shape.size) {
            want = shape.at[++s];
            kind = want == 'd' || want == 'l' ? want : 0;
        }
        s++;
        bool fits = t < token.size && (kind == 'd'   ? is_digit(token.at[t])
                                       : kind == 'l' ? is_letter(token.at[t])
                                                     : folded(token.at[t]) == want);
        char repeat = s < shape.size ? shape.at[s] : 0;
        if (repeat == '?' || repeat == '+') {
            ShapeParts saved = *parts;
            if (fits && shape_matches(shape, repeat == '?' ? s + 1 : s - (kind ? 2 : 1), token, t + 1, parts))
                return true;
            *parts = saved;
            s++;
            if (repeat == '?')
                continue;
        }
        if (!fits)
            return false;
        t++;
    }
    return t == token.size;
}

enum { LONGEST_SHAPED = 48 };

static bool token_has_shape(const Matcher *matcher, const PatternNode *node, const Token *token, ShapeParts *parts)
{
    parts->count = 0;
    Str text = token_str(matcher->document, token);
    return text.size <= LONGEST_SHAPED &&
           shape_matches(lexicon_string(matcher->set->lexicon, node->argument), 0, text, 0, parts);
}

static bool passes_flags(const Matcher *matcher, const PatternNode *node, size_t position)
{
    const Token *token = &matcher->document->tokens[position];
    if ((node->flags & PATTERN_CAPITAL) && !(token->shape & SHAPE_CAPITAL))
        return false;
    if ((node->flags & PATTERN_SMALL) && (token->shape & SHAPE_CAPITAL))
        return false;
    return !(node->flags & PATTERN_TIGHT) || position == 0 || !token[-1].space_after;
}

/* The entries of the word of a token: [*begin, *end). */
static void entries_of(const PatternSet *set, uint32_t word, uint32_t *begin, uint32_t *end)
{
    bool known = word > 0 && word + 1 < set->index_count;
    *begin = known ? set->index[word].entry : 0;
    *end = known ? set->index[word + 1].entry : 0;
}

static bool entry_matches(const Matcher *matcher, const ClassEntry *entry, size_t position, size_t end)
{
    if (position + 1 + entry->tail_count > end)
        return false;
    const Token *tokens = matcher->document->tokens;
    for (uint32_t i = 0; i < entry->tail_count; i++)
        if (tokens[position + 1 + i].word != matcher->set->tails[entry->tail + i])
            return false;
    return true;
}

/* The suffix member of a class that ends the token, or NULL. */
static const ClassSuffix *suffix_of(const Matcher *matcher, uint32_t class_id, size_t position)
{
    const PatternSet *set = matcher->set;
    for (size_t i = 0; i < set->suffix_count; i++)
        if (set->suffixes[i].class_id == class_id &&
            ends_folded(token_str(matcher->document, &matcher->document->tokens[position]),
                        lexicon_string(set->lexicon, set->suffixes[i].suffix)))
            return &set->suffixes[i];
    return NULL;
}

size_t matcher_class(const Matcher *matcher, uint32_t class_id, size_t token, size_t end, Str *value)
{
    const PatternSet *set = matcher->set;
    uint32_t e, last;
    entries_of(set, matcher->document->tokens[token].word, &e, &last);
    for (; e < last; e++)
        if (set->entries[e].class_id == class_id && entry_matches(matcher, &set->entries[e], token, end)) {
            if (value)
                *value = lexicon_string(set->lexicon, set->entries[e].value);
            return 1 + set->entries[e].tail_count;
        }
    const ClassSuffix *suffix = class_id == RELATO_NONE ? NULL : suffix_of(matcher, class_id, token);
    if (suffix && value)
        *value = lexicon_string(set->lexicon, suffix->value);
    return suffix ? 1 : 0;
}

/* A range is of whole numbers: "16.3" is not in 0-24. */
static bool mark_fits(const PatternNode *node, const Mark *mark)
{
    return mark->kind == node->argument &&
           (node->low == INT32_MIN ||
            (mark->value >= node->low && mark->value <= node->high && floor(mark->value) == mark->value)) &&
           !((node->flags & PATTERN_DIGITS) && !mark->digits) && !((node->flags & PATTERN_WORDS) && mark->digits) &&
           !((node->flags & PATTERN_PLAIN) && !mark->plain);
}

/* Whether a mark that fits the node begins at the token. */
static bool mark_begins(const Matcher *matcher, const PatternNode *node, size_t position)
{
    for (uint32_t m = matcher->mark_heads[position]; m; m = matcher->marks.items[m - 1].next)
        if (mark_fits(node, &matcher->marks.items[m - 1]))
            return true;
    return false;
}

/* Whether a mark that fits the node ends with the token. */
static bool mark_ends(const Matcher *matcher, const PatternNode *node, size_t position)
{
    for (size_t back = 0; back < 8 && back <= position; back++)
        for (uint32_t m = matcher->mark_heads[position - back]; m; m = matcher->marks.items[m - 1].next)
            if (matcher->marks.items[m - 1].count == back + 1 && mark_fits(node, &matcher->marks.items[m - 1]))
                return true;
    return false;
}

/* Whether the node of a negative context matches at the token. */
static bool excluded(const Matcher *matcher, const PatternNode *node, size_t position, size_t end, bool before)
{
    ShapeParts parts;
    if (!passes_flags(matcher, node, position))
        return false;
    switch ((PatternOp)node->op) {
    case PATTERN_WORD:
        return matcher->document->tokens[position].word == node->argument;
    case PATTERN_CLASS:
        return matcher_class(matcher, node->argument, position, before ? position + 1 : end, NULL) > 0;
    case PATTERN_MARK:
        return before ? mark_ends(matcher, node, position) : mark_begins(matcher, node, position);
    case PATTERN_SHAPE:
        return token_has_shape(matcher, node, &matcher->document->tokens[position], &parts);
    default:
        return true;
    }
}

/* ---- running a rule ---------------------------------------------------------------- */

typedef struct Run {
    Matcher *matcher;
    size_t start, least, end; /* first token; bounds of the search */
    uint32_t open, close;     /* extent so far: 1 + token; 0: not yet */
    PatternCapture captures[PATTERN_CAPTURES];
    uint32_t capture_count;
    PatternMatch best; /* count 0: none */
    PatternCapture best_captures[PATTERN_CAPTURES];
} Run;

static void keep_best(Run *run, size_t position)
{
    uint32_t first = run->open ? run->open - 1 : (uint32_t)run->start;
    uint32_t end = run->close ? run->close - 1 : (uint32_t)position;
    if (end <= first || (run->best.count && end <= run->best.first + run->best.count))
        return;
    run->best = (PatternMatch){ .first = first,
                                .count = end - first,
                                .from = (uint32_t)run->start,
                                .to = (uint32_t)position,
                                .capture_count = run->capture_count };
    memcpy(run->best_captures, run->captures, sizeof run->captures);
}

static void capture(Run *run, PatternCapture found)
{
    if (found.name && run->capture_count < PATTERN_CAPTURES)
        run->captures[run->capture_count++] = found;
}

static void capture_parts(Run *run, const ShapeParts *parts, size_t position)
{
    /* The names of parts are not interned: the shape's string has them. */
    for (size_t i = 0; i < parts->count && run->capture_count < PATTERN_CAPTURES; i++)
        run->captures[run->capture_count++] =
            (PatternCapture){ .name = (uint32_t)(parts->items[i].name.at - run->matcher->set->lexicon->strings.at) |
                                      (uint32_t)1 << 31,
                              .first = (uint32_t)position,
                              .count = 1,
                              .sub_start = parts->items[i].start,
                              .sub_end = parts->items[i].end };
}

static bool seen(Run *run, uint32_t node, size_t position)
{
    struct PatternVisit *visit = &run->matcher->visits[node];
    uint32_t bit = (uint32_t)1 << (position - run->start);
    if (visit->generation != run->matcher->generation)
        *visit = (struct PatternVisit){ run->matcher->generation, 0 };
    bool before = visit->distances & bit;
    visit->distances |= bit;
    return before;
}

static bool context_fails(const Run *run, const PatternNode *node, size_t position)
{
    bool before = node->op == PATTERN_NOT_BEFORE;
    if (before ? position == run->least : position == run->end)
        return false;
    for (int32_t i = 0; i < node->low; i++)
        if (excluded(run->matcher, &run->matcher->set->nodes[node->argument + (uint32_t)i],
                     before ? position - 1 : position, run->end, before))
            return true;
    return false;
}

static void visit(Run *run, uint32_t at, size_t position);

/* All ways through a class or mark node: longest first. */
static void visit_class(Run *run, const PatternNode *node, size_t position)
{
    const PatternSet *set = run->matcher->set;
    uint32_t saved = run->capture_count, e, last;
    entries_of(set, run->matcher->document->tokens[position].word, &e, &last);
    for (; e < last; e++)
        if (set->entries[e].class_id == node->argument &&
            entry_matches(run->matcher, &set->entries[e], position, run->end)) {
            capture(run, (PatternCapture){ .name = node->capture,
                                           .first = (uint32_t)position,
                                           .count = 1 + set->entries[e].tail_count,
                                           .value = set->entries[e].value });
            visit(run, node->next, position + 1 + set->entries[e].tail_count);
            run->capture_count = saved;
        }
    const ClassSuffix *suffix = set->suffix_count ? suffix_of(run->matcher, node->argument, position) : NULL;
    if (suffix) {
        capture(run, (PatternCapture){
                         .name = node->capture, .first = (uint32_t)position, .count = 1, .value = suffix->value });
        visit(run, node->next, position + 1);
        run->capture_count = saved;
    }
}

static void visit_mark(Run *run, const PatternNode *node, size_t position)
{
    const Matcher *matcher = run->matcher;
    uint32_t saved = run->capture_count;
    for (uint32_t m = matcher->mark_heads[position]; m; m = matcher->marks.items[m - 1].next) {
        const Mark *mark = &matcher->marks.items[m - 1];
        if (!mark_fits(node, mark) || position + mark->count > run->end)
            continue;
        capture(run, (PatternCapture){
                         .name = node->capture, .first = (uint32_t)position, .count = mark->count, .mark = m });
        visit(run, node->next, position + mark->count);
        run->capture_count = saved;
    }
}

/* Visits the node at a position and all behind it. The depth is bounded by the
 * nodes of a rule, as the graph has no cycles. */
static void visit(Run *run, uint32_t at, size_t position)
{
    const PatternSet *set = run->matcher->set;
    uint32_t saved = run->capture_count, open = run->open, close = run->close;
    for (;;) {
        const PatternNode *node = &set->nodes[at];
        if (position - run->start >= PATTERN_REACH || seen(run, at, position))
            break;
        if (node->op == PATTERN_MATCH) {
            keep_best(run, position);
            break;
        }
        if (node->op == PATTERN_SPLIT)
            visit(run, node->argument, position);
        else if (node->op == PATTERN_OPEN)
            run->open = (uint32_t)position + 1;
        else if (node->op == PATTERN_CLOSE)
            run->close = (uint32_t)position + 1;
        else if (node->op == PATTERN_NOT || node->op == PATTERN_NOT_BEFORE) {
            if (context_fails(run, node, position))
                break;
        } else {
            ShapeParts parts;
            if (position >= run->end || !passes_flags(run->matcher, node, position))
                break;
            if (node->op == PATTERN_CLASS || node->op == PATTERN_MARK) {
                (node->op == PATTERN_CLASS ? visit_class : visit_mark)(run, node, position);
                break;
            }
            if (node->op == PATTERN_WORD && run->matcher->document->tokens[position].word != node->argument)
                break;
            if (node->op == PATTERN_SHAPE) {
                if (!token_has_shape(run->matcher, node, &run->matcher->document->tokens[position], &parts))
                    break;
                capture_parts(run, &parts, position);
            }
            capture(run, (PatternCapture){ .name = node->capture, .first = (uint32_t)position, .count = 1 });
            position++;
        }
        at = node->next;
    }
    run->capture_count = saved;
    run->open = open;
    run->close = close;
}

static void run_rule(Matcher *matcher, uint32_t rule, size_t start, size_t first, size_t end, PatternMatches *found)
{
    Run run; /* its captures, which are many, need no zeros */
    run.matcher = matcher;
    run.start = start, run.least = first, run.end = end;
    run.open = run.close = run.capture_count = 0;
    run.best.count = 0;
    if (++matcher->generation == 0) {
        memset(matcher->visits, 0, matcher->set->node_count * sizeof *matcher->visits);
        matcher->generation = 1;
    }
    visit(&run, matcher->set->rules[rule].start, start);
    if (!run.best.count)
        return;
    Arena *arena = matcher->document->arena;
    run.best.rule = rule;
    run.best.captures = arena_alloc(arena, run.best.capture_count * sizeof *run.best.captures);
    memcpy(run.best.captures, run.best_captures, run.best.capture_count * sizeof *run.best.captures);
    *ARENA_PUSH(arena, found) = run.best;
}

/* ---- finding and choosing ------------------------------------------------------------ */

/* The order in which matches claim their tokens. */
static int by_claim(const PatternMatch *a, const PatternMatch *b, const PatternRule *rules)
{
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    if (a->count != b->count)
        return a->count > b->count ? -1 : 1;
    if (rules[a->rule].pass != rules[b->rule].pass)
        return rules[a->rule].pass > rules[b->rule].pass ? -1 : 1;
    if (a->to - a->from != b->to - b->from)
        return a->to - a->from > b->to - b->from ? -1 : 1;
    return (a->rule > b->rule) - (a->rule < b->rule);
}

/* Insertion sort: the matches come almost in order. A match moves past those of
 * the same few tokens only, so the work is linear in the text. */
static void sort_matches(PatternMatches *matches, size_t from, const PatternRule *rules)
{
    for (size_t i = from + 1; i < matches->count; i++) {
        PatternMatch match = matches->items[i];
        size_t j = i;
        for (; j > from && by_claim(&match, &matches->items[j - 1], rules) < 0; j--)
            matches->items[j] = matches->items[j - 1];
        matches->items[j] = match;
    }
}

static void select_from(const Matcher *matcher, PatternMatches *matches, size_t from)
{
    sort_matches(matches, from, matcher->set->rules);
    size_t kept = from;
    uint32_t taken = 0;
    for (size_t i = from; i < matches->count; i++)
        if (matches->items[i].first >= taken) {
            taken = matches->items[i].first + matches->items[i].count;
            matches->items[kept++] = matches->items[i];
        } else if (matcher->refused)
            *ARENA_PUSH(matcher->document->arena, matcher->refused) = matches->items[i];
    matches->count = kept;
}

static uint32_t traits_of(const Matcher *matcher, size_t token, size_t end)
{
    if (token >= end)
        return PATTERN_AFTER_ANY;
    uint16_t shape = matcher->document->tokens[token].shape;
    return PATTERN_AFTER_ANY | (matcher->mark_heads[token] ? PATTERN_AFTER_MARK : 0u) |
           (shape & SHAPE_DIGITS ? PATTERN_AFTER_DIGITS : 0u) | (shape & SHAPE_LETTERS ? PATTERN_AFTER_LETTERS : 0u);
}

/* Runs the rules that the word of token t can begin. */
static void find_by_word(Matcher *matcher, uint32_t pass, size_t t, size_t first, size_t end, PatternMatches *matches)
{
    const PatternSet *set = matcher->set;
    uint32_t word = matcher->document->tokens[t].word;
    if (word == 0 || word + 1 >= set->index_count || set->index[word].start == set->index[word + 1].start)
        return;
    uint32_t traits = traits_of(matcher, t + 1, end);
    uint32_t next = t + 1 < end ? matcher->document->tokens[t + 1].word % PATTERN_WORD_BITS : 0;
    for (uint32_t s = set->index[word].start; s < set->index[word + 1].start; s++) {
        const PatternWordStart *start = &set->starts[s];
        bool fits = (start->after.traits & traits) || (start->after.words[next / 64] >> (next % 64) & 1);
        if (fits && set->rules[start->rule].pass == pass)
            run_rule(matcher, start->rule, t, first, end, matches);
    }
}

void matcher_find(Matcher *matcher, uint32_t pass, size_t first, size_t end, PatternMatches *matches)
{
    const PatternSet *set = matcher->set;
    size_t from = matches->count;
    for (size_t t = first; t < end; t++) {
        const Token *token = &matcher->document->tokens[t];
        find_by_word(matcher, pass, t, first, end, matches);
        if (matcher->mark_heads[t])
            for (size_t s = 0; s < set->mark_start_count; s++)
                if (set->rules[set->mark_starts[s].rule].pass == pass &&
                    mark_begins(
                        matcher,
                        &(PatternNode){ .argument = set->mark_starts[s].of, .low = INT32_MIN, .high = INT32_MAX }, t))
                    run_rule(matcher, set->mark_starts[s].rule, t, first, end, matches);
        for (size_t s = 0; s < set->shape_start_count; s++)
            if ((token->shape & set->shape_starts[s].of) == set->shape_starts[s].of &&
                set->rules[set->shape_starts[s].rule].pass == pass)
                run_rule(matcher, set->shape_starts[s].rule, t, first, end, matches);
    }
    select_from(matcher, matches, from);
}

void matcher_select(const Matcher *matcher, PatternMatches *matches)
{
    select_from(matcher, matches, 0);
}

/* ---- captures and templates ------------------------------------------------------------ */

/* Names of shape parts point into the middle of a string, marked by the top
 * bit; they end at the colon. */
static Str capture_name(const Lexicon *lexicon, uint32_t name)
{
    if (!(name >> 31))
        return lexicon_string(lexicon, name);
    Str rest = { lexicon->strings.at + (name & INT32_MAX), lexicon->strings.size - (name & INT32_MAX) };
    return str_slice(rest, 0, str_find_byte(rest, ':', 0));
}

const PatternCapture *pattern_capture(const Matcher *matcher, const PatternMatch *match, Str name)
{
    for (uint32_t i = 0; i < match->capture_count; i++)
        if (str_equal(capture_name(matcher->set->lexicon, match->captures[i].name), name))
            return &match->captures[i];
    return NULL;
}

Span pattern_span(const Matcher *matcher, const PatternCapture *capture)
{
    Span span = token_span(matcher->document, capture->first, capture->first + capture->count - 1);
    if (capture->sub_end)
        span = (Span){ span.start + capture->sub_start, span.start + capture->sub_end };
    return span;
}

Str pattern_text(const Matcher *matcher, const PatternCapture *capture)
{
    const Document *document = matcher->document;
    if (capture->mark) {
        const Mark *mark = &matcher->marks.items[capture->mark - 1];
        return mark->text.size ? mark->text : str_format(document->arena, "%.12g", mark->value);
    }
    if (capture->value)
        return lexicon_string(matcher->set->lexicon, capture->value);
    return span_str(document, pattern_span(matcher, capture));
}

/* The value behind a name in a template: ":2", "+12", "/10" and so on. */
static Str calculated(Arena *arena, Str text, Str operation)
{
    if (!operation.size)
        return text;
    char digits[32];
    snprintf(digits, sizeof digits, "%.*s", STR_ARGUMENTS(text));
    double value = strtod(digits, NULL);
    snprintf(digits, sizeof digits, "%.*s", STR_ARGUMENTS(str_slice(operation, 1, operation.size)));
    double operand = strtod(digits, NULL);
    if (str_equal(operation, STR(":y")))
        return str_format(arena, "%.0f", value + (value < 50 ? 2000 : value < 100 ? 1900 : 0));
    switch (operation.at[0]) {
    case ':':
        return value == floor(value) ? str_format(arena, "%0*.0f", (int)operand, value) : text;
    case '+':
        return str_format(arena, "%.12g", value + operand);
    case '-':
        return str_format(arena, "%.12g", value - operand);
    case '*':
        return str_format(arena, "%.12g", value * operand);
    default:
        return str_format(arena, "%.12g", operand != 0 ? floor(value / operand) : value);
    }
}

Str pattern_fill(const Matcher *matcher, const PatternMatch *match, Str template)
{
    Arena *arena = matcher->document->arena;
    Str filled = { NULL, 0 };
    while (template.at) {
        filled = str_join(arena, filled, str_cut(&template, '{'));
        if (!template.at)
            break;
        Str inner = str_cut(&template, '}');
        size_t name = 0;
        while (name < inner.size && !strchr(":+-*/", inner.at[name]))
            name++;
        const PatternCapture *capture = pattern_capture(matcher, match, str_slice(inner, 0, name));
        if (capture)
            filled = str_join(arena, filled,
                              calculated(arena, pattern_text(matcher, capture), str_slice(inner, name, inner.size)));
    }
    return filled;
}

/* ---- explaining ------------------------------------------------------------------------ */

static Str words_of(const Matcher *matcher, uint32_t first, uint32_t count)
{
    return span_str(matcher->document, token_span(matcher->document, first, first + count - 1));
}

static void add_rule_name(const Matcher *matcher, const PatternMatch *match, Buffer *out)
{
    const PatternRule *rule = &matcher->set->rules[match->rule];
    buffer_format(out, "%s (%s:%u)", lexicon_string(matcher->set->lexicon, rule->name).at,
                  lexicon_string(matcher->set->lexicon, rule->file).at, rule->line);
}

void pattern_explain(const Matcher *matcher, const PatternMatch *match, Buffer *out)
{
    const Lexicon *lexicon = matcher->set->lexicon;
    buffer_format(out, "\"%.*s\"\n  rule ", STR_ARGUMENTS(words_of(matcher, match->first, match->count)));
    add_rule_name(matcher, match, out);
    buffer_format(out, "\n  pattern %s\n", lexicon_string(lexicon, matcher->set->rules[match->rule].pattern).at);
    for (uint32_t i = 0; i < match->capture_count; i++) {
        const PatternCapture *capture = &match->captures[i];
        buffer_format(out, "  %.*s = \"%.*s\" (%.*s)\n", STR_ARGUMENTS(capture_name(lexicon, capture->name)),
                      STR_ARGUMENTS(words_of(matcher, capture->first, capture->count)),
                      STR_ARGUMENTS(pattern_text(matcher, capture)));
    }
    for (size_t i = 0; matcher->refused && i < matcher->refused->count; i++) {
        const PatternMatch *other = &matcher->refused->items[i];
        if (other->first >= match->first + match->count || other->first + other->count <= match->first)
            continue;
        buffer_format(out, "  rather than \"%.*s\" by ", STR_ARGUMENTS(words_of(matcher, other->first, other->count)));
        add_rule_name(matcher, other, out);
        buffer_byte(out, '\n');
    }
}
