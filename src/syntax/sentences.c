#include "syntax/sentences.h"

#include "syntax/characters.h"

typedef struct Splitter {
    Document *document;
    const TokensLexicon *lexicon;
    size_t line_first, line_end; /* tokens of the line */
    bool quoted;                 /* a straight double quotation mark is open */
} Splitter;

static Str at_token(const Splitter *splitter, size_t index)
{
    return token_str(splitter->document, &splitter->document->tokens[index]);
}

static uint32_t first_character(const Splitter *splitter, size_t index)
{
    size_t at = 0;
    return next_character(at_token(splitter, index), &at);
}

static bool is_full_stop(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x203C || c == 0x2047 || c == 0x2048 ||
           c == 0x2049 || c == 0x3002 || c == 0x061F;
}

static bool opens(uint32_t c)
{
    return c == '(' || c == '[' || c == 0xAB || c == 0x201C || c == 0x2018 || c == 0x201E || c == 0x2039 || c == 0xBF ||
           c == 0xA1 || c == '"' || c == '\'' || c == '`';
}

/* A token of full stops alone: ".", "...", "?!"; not those for what is left out
 * at the beginning: "(...)". */
static bool is_terminator(const Splitter *splitter, size_t index)
{
    Str s = at_token(splitter, index);
    char c = s.at[0];
    if (c != '.' && c != '!' && c != '?' && (unsigned char)c < 0xD8)
        return false;
    if (!(splitter->document->tokens[index].shape & SHAPE_PUNCTUATION) ||
        !is_full_stop(first_character(splitter, index)))
        return false;
    bool left_out = index > splitter->line_first && s.size > 1 && opens(first_character(splitter, index - 1)) &&
                    !splitter->document->tokens[index - 1].space_after;
    return !left_out || c == '!' || c == '?';
}

static bool closes(uint32_t c)
{
    return c == ')' || c == ']' || c == '}' || c == 0xBB || c == 0x201D || c == 0x2019 || c == '\'' || c == 0x203A;
}

static bool is_dash(uint32_t c)
{
    return c == '-' || c == 0x2013 || c == 0x2014 || c == 0x2015;
}

/* Whether a straight quotation mark closes: by the spaces around it, else because
 * one is open. */
static bool quotation_closes(const Splitter *splitter, size_t index, bool quoted)
{
    const Token *tokens = splitter->document->tokens;
    bool space_before = index == splitter->line_first || tokens[index - 1].space_after;
    bool space_after = index + 1 >= splitter->line_end || tokens[index].space_after;
    return space_before == space_after ? quoted : space_after;
}

/* The number of a note in brackets, as encyclopedias have it behind the full stop. */
static bool is_note(const Splitter *splitter, size_t index)
{
    return index + 2 < splitter->line_end && first_character(splitter, index) == '[' &&
           (splitter->document->tokens[index + 1].shape & SHAPE_NUMBER) && first_character(splitter, index + 2) == ']';
}

/* Signs that are one token together, such as ":)". */
static bool is_smiley(const Splitter *splitter, size_t index)
{
    const Token *token = &splitter->document->tokens[index];
    return (token->shape & SHAPE_PUNCTUATION) && token->end - token->start > 1 && token->word &&
           (tokens_classes(splitter->lexicon, at_token(splitter, index)) & TOKEN_GROUP);
}

/* Past what closes behind a full stop: quotation marks, brackets, more full stops. */
static size_t skip_closers(const Splitter *splitter, size_t index)
{
    enum { MOST_CLOSERS = 8 };
    bool quoted = splitter->quoted;
    for (size_t end = index + MOST_CLOSERS; index < splitter->line_end && index < end; index++) {
        uint32_t c = first_character(splitter, index);
        bool touches = !splitter->document->tokens[index - 1].space_after;
        if (is_note(splitter, index))
            index += 2;
        else if (is_smiley(splitter, index))
            continue;
        else if (c == '"' && quotation_closes(splitter, index, quoted))
            quoted = false;
        else if (!(closes(c) && (touches || c == 0xBB || c == ')')) && !(is_terminator(splitter, index) && touches))
            break;
    }
    return index;
}

/* "..." for what is left out, and the bracket behind it. */
static bool is_left_out(const Splitter *splitter, size_t index)
{
    uint32_t c = first_character(splitter, index);
    return c == 0x2026 || str_equal(at_token(splitter, index), STR("...")) || c == ')' || c == ']';
}

/* A capital anywhere: "iPhone" may open a sentence. */
static bool has_capital(Str word)
{
    for (size_t at = 0; at < word.size && at < 32;)
        if (character_kind(next_character(word, &at)) == CHARACTER_CAPITAL)
            return true;
    return false;
}

/* Whether a sentence may begin with the token: not with a small letter or a
 * comma, also not behind the dash or quotation mark that goes before. */
static bool may_open(const Splitter *splitter, size_t index)
{
    const Document *document = splitter->document;
    for (size_t i = index; i < splitter->line_end && i < index + 5; i++) {
        const Token *token = &document->tokens[i];
        uint32_t c = first_character(splitter, i);
        if (!(token->shape & SHAPE_PUNCTUATION))
            return character_kind(c) != CHARACTER_SMALL || u_charType((UChar32)c) == U_OTHER_LETTER ||
                   has_capital(at_token(splitter, i));
        if (!opens(c) && !is_dash(c) && !is_left_out(splitter, i))
            return i == index && (c == '*' || c == 0x2022 || c == '#' || c == '<');
    }
    return true;
}

/* Whether the abbreviation ends a sentence too: a word follows that has its
 * capital from being first. */
static bool abbreviation_ends(const Splitter *splitter, size_t index)
{
    const Document *document = splitter->document;
    const Token *next = &document->tokens[index + 1];
    const TokensLexicon *lexicon = splitter->lexicon;
    if (!(next->shape & SHAPE_CAPITAL) || (next->shape & SHAPE_ALL_CAPITALS) || next->word >= lexicon->word_count ||
        !lexicon->form_of_word[next->word])
        return false;
    return lexicon->forms[lexicon->form_of_word[next->word] - 1].classes & TOKEN_OPENER;
}

/* Index of the first token of the next sentence if the one from `first` on ends
 * with the token, else 0. */
static size_t end_of_sentence(const Splitter *splitter, size_t first, size_t index)
{
    const Token *tokens = splitter->document->tokens;
    Str s = at_token(splitter, index);
    char last = s.at[s.size - 1];
    if (last == '.' && (tokens[index].shape & SHAPE_LETTERS))
        return index + 1 < splitter->line_end && abbreviation_ends(splitter, index) ? index + 1 : 0;
    if (!is_terminator(splitter, index))
        return 0;
    /* "1. First of a list" */
    if (last == '.' && index == first + 1 && (tokens[index - 1].shape & SHAPE_NUMBER))
        return 0;
    size_t next = skip_closers(splitter, index + 1);
    if (next >= splitter->line_end || !may_open(splitter, next))
        return 0;
    if (!tokens[next - 1].space_after && !(tokens[next].shape & SHAPE_CAPITAL))
        return 0;
    return next;
}

static void add_sentence(Splitter *splitter, size_t first, size_t end, size_t *capacity)
{
    Document *document = splitter->document;
    if (document->sentence_count == *capacity) {
        document->sentences =
            arena_grow(document->arena, document->sentences, *capacity, 2 * *capacity, sizeof *document->sentences);
        *capacity *= 2;
    }
    const Token *from = &document->tokens[first], *to = &document->tokens[end - 1];
    document->sentences[document->sentence_count++] = (Sentence){
        .start = from->start,
        .end = to->end,
        .first_token = (uint32_t)first,
        .token_count = (uint32_t)(end - first),
        .first_word = from->first_word,
        .word_count = to->first_word + to->word_count - from->first_word,
        .opens_paragraph = first == splitter->line_first,
    };
}

static void note_quotation(Splitter *splitter, size_t index)
{
    const Document *document = splitter->document;
    if (document->text.at[document->tokens[index].start] == '"')
        splitter->quoted = !quotation_closes(splitter, index, splitter->quoted);
}

/* The sentences of the tokens of one line. */
static void split_line(Splitter *splitter, size_t *capacity)
{
    size_t first = splitter->line_first;
    splitter->quoted = false;
    for (size_t i = first; i < splitter->line_end; i++) {
        note_quotation(splitter, i);
        size_t next = end_of_sentence(splitter, first, i);
        if (!next && i + 1 - first >= LONGEST_SENTENCE)
            next = i + 1;
        if (!next || next >= splitter->line_end)
            continue;
        while (++i < next)
            note_quotation(splitter, i);
        add_sentence(splitter, first, next, capacity);
        first = next;
        i--;
    }
    add_sentence(splitter, first, splitter->line_end, capacity);
}

void sentences_split(Document *document, const TokensLexicon *lexicon)
{
    Splitter splitter = { .document = document, .lexicon = lexicon };
    size_t capacity = document->token_count / 16 + 16;
    document->sentences = arena_alloc(document->arena, capacity * sizeof *document->sentences);
    for (size_t first = 0; first < document->token_count; first = splitter.line_end) {
        size_t line = str_find_byte(document->text, '\n', document->tokens[first].start);
        size_t end = first + 1;
        while (end < document->token_count && document->tokens[end].start < line)
            end++;
        splitter.line_first = first;
        splitter.line_end = end;
        split_line(&splitter, &capacity);
    }
}
