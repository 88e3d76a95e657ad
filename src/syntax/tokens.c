#include "syntax/tokens.h"

#include "syntax/characters.h"
#include "syntax/sentences.h"
#include "syntax/tokens_lexicon.h"

/* A form longer than this is in no lexicon: it is neither looked up nor split. */
enum { LONGEST_FORM = 96 };

typedef struct Folded {
    char bytes[LONGEST_FORM];
    size_t size; /* 0: the form is too long */
} Folded;

typedef struct Scanner {
    Document *document;
    TokensLexicon lexicon;
    Str text;
    size_t capacity;   /* of the tokens */
    size_t word_limit; /* words that the tokens can have, at most */
    size_t line_end;
    size_t chunk_end; /* of the characters up to the next space, */
    size_t chunk_at;  /* the last @ in them, 0: none */
    bool quoted;      /* a single quotation mark is open */
} Scanner;

/* How a token becomes words, kept in first_word until there are any. */
enum { SPLIT_NONE = 0, SPLIT_FORM = 1, SPLIT_SUFFIX = 2, SPLIT_KINDS = 3 };

static Str folded_str(const Folded *folded)
{
    return (Str){ folded->bytes, folded->size };
}

/* ---- what a token is ------------------------------------------------------ */

typedef struct Letters {
    CharacterKind first;
    size_t letters, small, digits, others; /* others: but the separators of numbers */
    size_t separators;
} Letters;

static void count_character(Letters *letters, uint32_t c, CharacterKind kind)
{
    letters->letters += is_letter(kind);
    letters->small += kind == CHARACTER_SMALL;
    letters->digits += kind == CHARACTER_DIGIT;
    letters->separators += kind == CHARACTER_SIGN && (c == '.' || c == ',');
    letters->others += kind == CHARACTER_SIGN && c != '.' && c != ',';
}

static uint16_t shape_of(const Letters *letters)
{
    unsigned shape = 0;
    if (letters->letters) {
        shape |= SHAPE_LETTERS;
        if (letters->first == CHARACTER_CAPITAL)
            shape |= SHAPE_CAPITAL;
        if (letters->letters > 1 && letters->small == 0)
            shape |= SHAPE_ALL_CAPITALS;
    }
    if (letters->digits) {
        shape |= SHAPE_DIGITS;
        if (!letters->letters && !letters->others)
            shape |= SHAPE_NUMBER;
    }
    if (!letters->letters && !letters->digits)
        shape |= SHAPE_PUNCTUATION;
    return (uint16_t)shape;
}

/* Folds the case of s and tells its shape. */
static uint16_t fold(Str s, Folded *folded)
{
    Letters letters = { .first = CHARACTER_SIGN };
    bool fits = s.size <= LONGEST_FORM - UTF8_LONGEST;
    size_t size = 0;
    for (size_t at = 0; at < s.size;) {
        bool first = at == 0;
        uint32_t c = next_character(s, &at);
        CharacterKind kind = character_kind(c);
        if (first)
            letters.first = kind;
        count_character(&letters, c, kind);
        if (!fits || size > LONGEST_FORM - UTF8_LONGEST)
            fits = false;
        else if (c < 0x80)
            folded->bytes[size++] = (char)(kind == CHARACTER_CAPITAL ? c + 32 : c);
        else
            size += utf8_encode((uint32_t)u_foldCase((UChar32)c, U_FOLD_CASE_DEFAULT), folded->bytes + size);
    }
    folded->size = fits ? size : 0;
    return shape_of(&letters);
}

static bool space_follows(const Document *document, size_t index)
{
    return index + 1 == document->token_count || document->tokens[index + 1].start > document->tokens[index].end;
}

/* Fills what the token's bytes and the lexicon tell. */
static void look_at_token(const Document *document, const Lexicon *lexicon, Token *token, Folded *folded)
{
    token->shape = fold(token_str(document, token), folded);
    token->word = folded->size ? lexicon_word(lexicon, folded_str(folded), document->bare) : 0;
}

static uint32_t classes_of(const Scanner *scanner, size_t start, size_t end)
{
    Folded folded = { .size = 0 };
    if (end - start < LONGEST_FORM)
        fold(str_slice(scanner->text, start, end), &folded);
    return folded.size ? tokens_classes(&scanner->lexicon, folded_str(&folded)) : 0;
}

/* ---- adding tokens -------------------------------------------------------- */

static size_t count_words(Str words)
{
    size_t count = 0;
    while (words.at)
        count += str_cut(&words, ' ').size > 0;
    return count;
}

/* How the token becomes words: the contraction or suffix that it is or has. */
static uint32_t split_of(Scanner *scanner, const Token *token, Str folded)
{
    const TokensLexicon *lexicon = &scanner->lexicon;
    if (!(token->shape & SHAPE_LETTERS) || !folded.size)
        return SPLIT_NONE;
    const TokenForm *form = tokens_form(lexicon, token->word, folded);
    if (form && (form->classes & TOKEN_CONTRACTION)) {
        scanner->word_limit += count_words(lexicon_string(lexicon->lexicon, form->words));
        return (uint32_t)(form - lexicon->forms) * SPLIT_KINDS + SPLIT_FORM;
    }
    if (form && (form->classes & TOKEN_WHOLE))
        return SPLIT_NONE;
    const TokenSuffix *suffix = tokens_suffix(lexicon, folded);
    size_t count = suffix ? count_words(lexicon_string(lexicon->lexicon, suffix->words)) : 0;
    scanner->word_limit += count;
    return count ? (uint32_t)(suffix - lexicon->suffixes) * SPLIT_KINDS + SPLIT_SUFFIX : SPLIT_NONE;
}

static void add_token(Scanner *scanner, size_t start, size_t end)
{
    Document *document = scanner->document;
    if (document->token_count == scanner->capacity) {
        size_t capacity = 2 * scanner->capacity;
        document->tokens =
            arena_grow(document->arena, document->tokens, scanner->capacity, capacity, sizeof *document->tokens);
        scanner->capacity = capacity;
    }
    Token *token = &document->tokens[document->token_count++];
    *token = (Token){ .start = (uint32_t)start, .end = (uint32_t)end };
    Folded folded;
    look_at_token(document, scanner->lexicon.lexicon, token, &folded);
    scanner->word_limit++;
    token->first_word = split_of(scanner, token, folded_str(&folded));
}

/* ---- looking around ------------------------------------------------------- */

/* The code point at a place of the line; a line end behind it. */
static uint32_t peek(const Scanner *scanner, size_t at)
{
    return at < scanner->line_end ? next_character(scanner->text, &at) : '\n';
}

static CharacterKind peek_kind(const Scanner *scanner, size_t at)
{
    return character_kind(peek(scanner, at));
}

static size_t behind(const Scanner *scanner, size_t at)
{
    next_character(scanner->text, &at);
    return at;
}

/* Finds the end of the characters without space around `at`, and the last @ in
 * them; each chunk is looked through once. */
static void look_at_chunk(Scanner *scanner, size_t at)
{
    if (at < scanner->chunk_end)
        return;
    scanner->chunk_at = 0;
    while (at < scanner->line_end) {
        size_t start = at;
        uint32_t c = next_character(scanner->text, &at);
        if (character_kind(c) == CHARACTER_SPACE) {
            at = start;
            break;
        }
        if (c == '@')
            scanner->chunk_at = start;
    }
    scanner->chunk_end = at;
}

/* ---- addresses ------------------------------------------------------------ */

static bool starts_folded(Str s, size_t at, const char *prefix)
{
    for (; *prefix; prefix++, at++) {
        if (at >= s.size)
            return false;
        char c = s.at[at];
        if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != *prefix)
            return false;
    }
    return true;
}

static bool starts_address(const Scanner *scanner, size_t at)
{
    static const char *const starts[] = { "http://", "https://", "ftp://", "www." };
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (starts_folded(scanner->text, at, starts[i]))
            return true;
    return false;
}

/* Whether a character may end an address: what stands last in a sentence does not. */
static bool ends_address(uint32_t c)
{
    return is_wordly(character_kind(c)) || (c < 0x80 && strchr("/=&#%+_-~$@*", (int)c));
}

static bool within_address(uint32_t c)
{
    return character_kind(c) != CHARACTER_SPACE && c != '<' && c != '>' && c != '"' && c != 0xAB && c != 0xBB &&
           c != 0x201C && c != 0x201D && c != 0x2019;
}

/* End of the address that goes on at `at`. */
static size_t address_end(const Scanner *scanner, size_t at)
{
    size_t end = at;
    while (at < scanner->line_end) {
        uint32_t c = next_character(scanner->text, &at);
        if (!within_address(c))
            break;
        if (ends_address(c))
            end = at;
    }
    return end;
}

/* ---- runs of letters and digits ------------------------------------------- */

/* Letters and digits, with signs between them that may belong to them. */
typedef struct Run {
    size_t start, end;
    size_t segment; /* start of what stands behind the last full stop */
    CharacterKind last;
    size_t dots, letters, digits;
    bool short_segments; /* no part between full stops has more than two letters */
    bool hyphen, slash, apostrophe, at_sign, superscript;
} Run;

static size_t segment_letters(const Scanner *scanner, const Run *run)
{
    return utf8_length(str_slice(scanner->text, run->segment, run->end));
}

/* Whether the run is the name of a site: "exemplo.pt". */
static bool is_site(const Scanner *scanner, const Run *run)
{
    return run->dots && run->segment > run->start && (classes_of(scanner, run->segment, run->end) & TOKEN_DOMAIN);
}

/* Whether a full stop at the run's end is inside a word: "1.500", "U.S", "Sapo.pt". */
static bool dot_joins(Scanner *scanner, const Run *run, size_t next)
{
    CharacterKind kind = peek_kind(scanner, next);
    look_at_chunk(scanner, run->start);
    if (scanner->chunk_at > run->end)
        return true;
    if (!is_wordly(kind))
        return false;
    if (run->last == CHARACTER_DIGIT)
        return kind != CHARACTER_CAPITAL;
    if (kind == CHARACTER_DIGIT)
        return !(classes_of(scanner, run->start, next) & TOKEN_BEFORE_NUMBER);
    if (kind == CHARACTER_SMALL)
        return true;
    return segment_letters(scanner, run) == 1 || run->last == CHARACTER_CAPITAL ||
           !is_wordly(peek_kind(scanner, behind(scanner, next)));
}

/* Whether the sign c at the run's end, with `next` behind it, belongs to the run. */
static bool joins(Scanner *scanner, const Run *run, uint32_t c, size_t next)
{
    if (c == '.')
        return dot_joins(scanner, run, next);
    CharacterKind kind = peek_kind(scanner, next);
    if (c == '/' && is_site(scanner, run))
        return false;
    if (c == '_')
        return is_wordly(kind) || peek(scanner, next) == '_';
    if (is_superscript(c))
        return is_letter(run->last);
    if (!is_wordly(kind))
        return false;
    if (c == ',' || c == ':')
        return run->last == CHARACTER_DIGIT && kind == CHARACTER_DIGIT;
    if (c == '&' || c == 0xB7)
        return is_letter(run->last) && is_letter(kind);
    return c == '/' || c == '@' || is_hyphen(c) || is_apostrophe(c);
}

static void note_sign(Run *run, const Scanner *scanner, uint32_t c)
{
    if (c == '.') {
        run->short_segments = run->short_segments && segment_letters(scanner, run) <= 2;
        run->dots++;
    }
    run->hyphen = run->hyphen || is_hyphen(c);
    run->slash = run->slash || c == '/';
    run->apostrophe = run->apostrophe || is_apostrophe(c);
    run->at_sign = run->at_sign || c == '@';
    run->superscript = run->superscript || is_superscript(c);
}

/* The run that begins at `at`. */
static Run scan_run(Scanner *scanner, size_t at)
{
    Run run = { .start = at, .end = at, .segment = at, .last = CHARACTER_SIGN, .short_segments = true };
    while (at < scanner->line_end) {
        uint32_t c = next_character(scanner->text, &at);
        CharacterKind kind = character_kind(c);
        if (is_wordly(kind)) {
            run.last = kind == CHARACTER_MARK ? run.last : kind;
            run.letters += is_letter(kind);
            run.digits += kind == CHARACTER_DIGIT;
        } else {
            if (kind == CHARACTER_SPACE || !joins(scanner, &run, c, at))
                break;
            note_sign(&run, scanner, c);
            if (c == '.')
                run.segment = at;
        }
        run.end = at;
    }
    run.short_segments = run.short_segments && segment_letters(scanner, &run) <= 2;
    return run;
}

static size_t skip_spaces(const Scanner *scanner, size_t at)
{
    while (at < scanner->line_end && peek_kind(scanner, at) == CHARACTER_SPACE)
        at = behind(scanner, at);
    return at;
}

/* Whether what stands behind a letter and its full stop lets them be an initial:
 * neither the line's end nor a sign that closes. */
static bool initial_goes_on(const Scanner *scanner, size_t at)
{
    uint32_t c = peek(scanner, at);
    return at < scanner->line_end && (character_kind(c) != CHARACTER_SIGN || c == ',' || is_hyphen(c));
}

/* Whether the full stop behind the run is part of it: "Sr.", "a.m.", "J." */
static bool is_abbreviation(const Scanner *scanner, const Run *run)
{
    size_t after = run->end + 1;
    bool ellipsis = peek(scanner, after) == '.' && peek(scanner, after + 1) == '.';
    if (ellipsis || !run->letters)
        return false;
    bool capital = peek_kind(scanner, run->start) == CHARACTER_CAPITAL;
    if (run->dots && run->short_segments && !run->digits && !run->hyphen)
        return true;
    if (capital && behind(scanner, run->start) == run->end && initial_goes_on(scanner, after))
        return true;
    uint32_t classes = classes_of(scanner, run->start, after);
    if (!(classes & TOKEN_SMALL) && !capital)
        return false;
    if (classes & (TOKEN_TITLE | TOKEN_ABBREVIATION))
        return true;
    size_t next = skip_spaces(scanner, after);
    if (classes & TOKEN_BEFORE_NUMBER)
        return peek_kind(scanner, next) == CHARACTER_DIGIT;
    return (classes & TOKEN_LAST) && next < scanner->line_end && peek_kind(scanner, next) != CHARACTER_CAPITAL;
}

/* What stands behind the run and belongs to it: "Sr." "US$" "20%" "boys'". */
static void extend_run(const Scanner *scanner, Run *run)
{
    uint32_t c = peek(scanner, run->end);
    size_t after = run->end < scanner->line_end ? behind(scanner, run->end) : run->end;
    bool belongs = false;
    if (c == '.')
        belongs = is_abbreviation(scanner, run);
    else if (c == '!')
        belongs = classes_of(scanner, run->start, after) & TOKEN_WHOLE;
    else if (c == '%')
        belongs = scanner->lexicon.joins_percent && run->last == CHARACTER_DIGIT;
    else if (is_apostrophe(c) && run->digits && !run->letters)
        belongs = !scanner->quoted;
    else if (is_apostrophe(c) && !scanner->quoted) {
        Folded folded;
        fold(str_slice(scanner->text, run->start, after), &folded);
        belongs = folded.size && tokens_suffix(&scanner->lexicon, folded_str(&folded));
    } else if (!run->digits && c != '\n' && u_charType((UChar32)c) == U_CURRENCY_SYMBOL)
        belongs = classes_of(scanner, run->start, after) & TOKEN_CURRENCY;
    if (belongs)
        run->end = after;
}

/* ---- parting runs --------------------------------------------------------- */

/* Adds the unit behind a number as a token of its own: "20|km". */
static bool add_number_and_unit(Scanner *scanner, size_t start, size_t end)
{
    size_t at = start;
    while (at < end && (peek_kind(scanner, at) == CHARACTER_DIGIT || strchr(".,:+-", scanner->text.at[at])))
        at = behind(scanner, at);
    if (at == start || at == end)
        return false;
    uint32_t classes = classes_of(scanner, at, end);
    bool capital = peek_kind(scanner, at) == CHARACTER_CAPITAL;
    if (!(classes & TOKEN_UNIT) || !(classes & (capital ? TOKEN_CAPITAL : TOKEN_SMALL)))
        return false;
    add_token(scanner, start, at);
    add_token(scanner, at, end);
    return true;
}

/* Adds a part of a run: what ends with an apostrophe alone, a number and its unit. */
static void add_part(Scanner *scanner, size_t start, size_t end)
{
    size_t apostrophe = start;
    while (apostrophe < end && !is_apostrophe(peek(scanner, apostrophe)))
        apostrophe = behind(scanner, apostrophe);
    if (apostrophe < end) {
        size_t after = behind(scanner, apostrophe);
        bool small = after < end && peek_kind(scanner, after) == CHARACTER_SMALL;
        if (small && (classes_of(scanner, start, after) & TOKEN_ELISION)) {
            add_token(scanner, start, after);
            start = after;
        }
    }
    if (peek_kind(scanner, start) != CHARACTER_DIGIT || !add_number_and_unit(scanner, start, end))
        add_token(scanner, start, end);
}

/* Digits with three or more parts, or a last part of four behind one of one, three
 * or five, are telephone numbers, dates and codes: they stay whole. */
static bool is_code(const Scanner *scanner, const Run *run)
{
    size_t parts = 1, first = 0, last = 0;
    for (size_t at = run->start; at < run->end; at = behind(scanner, at)) {
        bool hyphen = is_hyphen(peek(scanner, at));
        first += parts == 1 && !hyphen;
        last = hyphen ? 0 : last + 1;
        parts += hyphen;
    }
    return parts > 2 || (last == 4 && first % 2 == 1);
}

/* Adds the parts of a run and the signs between them for which `parts` holds. */
static void add_parts(Scanner *scanner, const Run *run, bool (*parts)(uint32_t c))
{
    size_t start = run->start;
    bool prefix = true; /* what comes so far is nothing but prefixes */
    for (size_t at = run->start; at < run->end;) {
        size_t next = behind(scanner, at);
        if (parts(peek(scanner, at))) {
            prefix = prefix && (classes_of(scanner, start, at) & TOKEN_PREFIX);
            if (!prefix) {
                add_part(scanner, start, at);
                add_token(scanner, at, next);
                start = next;
            }
        }
        at = next;
    }
    if (start < run->end)
        add_part(scanner, start, run->end);
}

static bool is_slash(uint32_t c)
{
    return c == '/';
}

/* Whether a slash of the run has words on both sides: "ministro/deputado", not "km/h". */
static bool slash_parts(const Scanner *scanner, const Run *run)
{
    size_t shortest = SIZE_MAX, length = 0;
    for (size_t at = run->start; at <= run->end; at = at < run->end ? behind(scanner, at) : at + 1) {
        bool over = at == run->end || peek(scanner, at) == '/';
        if (over && length < shortest)
            shortest = length;
        length = over ? 0 : length + is_letter(peek_kind(scanner, at));
    }
    return shortest > 1;
}

/* Adds the tokens of a run. */
static void add_run(Scanner *scanner, const Run *run)
{
    bool simple =
        !run->hyphen && !run->slash && !run->apostrophe && !run->superscript && !(run->digits && run->letters);
    if (simple || run->at_sign || (classes_of(scanner, run->start, run->end) & TOKEN_WHOLE))
        add_token(scanner, run->start, run->end);
    else if (run->slash && scanner->lexicon.splits_slash && slash_parts(scanner, run))
        add_parts(scanner, run, is_slash);
    else if (run->hyphen && scanner->lexicon.splits_hyphen && (run->letters || !is_code(scanner, run)))
        add_parts(scanner, run, is_hyphen);
    else if (run->superscript && scanner->lexicon.splits_superscript)
        add_parts(scanner, run, is_superscript);
    else
        add_part(scanner, run->start, run->end);
}

/* The tokens of the run that begins at `at`; returns where the rest goes on. */
static size_t scan_word(Scanner *scanner, size_t at)
{
    Run run;
    if (starts_address(scanner, at)) {
        size_t end = address_end(scanner, at);
        add_token(scanner, at, end);
        return end;
    }
    run = scan_run(scanner, at);
    if (is_site(scanner, &run) && peek(scanner, run.end) == '/')
        run.end = address_end(scanner, run.end);
    else
        extend_run(scanner, &run);
    add_run(scanner, &run);
    return run.end;
}

/* ---- signs ---------------------------------------------------------------- */

/* Signs that make one token when they come together, also different ones of a set. */
static bool repeats(uint32_t c, uint32_t next)
{
    if ((c == '!' || c == '?') && (next == '!' || next == '?'))
        return true;
    if (c == 0x2018 || c == 0x2019)
        return next == 0x2019;
    return c == next && ((c < 0x80 && strchr(".-*=_~#+$'`<>", (int)c)) || c == 0x2014 || c == 0x2026);
}

/* Four of any sign or more are one token too: no text has that many of anything
 * for their own sake. */
static size_t repetition_end(const Scanner *scanner, size_t at)
{
    uint32_t c = peek(scanner, at);
    size_t end = behind(scanner, at), count = 1;
    while (end < scanner->line_end && peek(scanner, end) == c) {
        end = behind(scanner, end);
        count++;
    }
    return count >= 4 ? end : behind(scanner, at);
}

/* End of the sign at `at` with the marks and joined signs of an emoji. */
static size_t sign_end(const Scanner *scanner, size_t at)
{
    uint32_t c = peek(scanner, at);
    size_t end = behind(scanner, at);
    bool flag = c >= 0x1F1E6 && c <= 0x1F1FF;
    if (flag && peek(scanner, end) >= 0x1F1E6 && peek(scanner, end) <= 0x1F1FF)
        end = behind(scanner, end);
    while (end < scanner->line_end) {
        uint32_t next = peek(scanner, end);
        if (character_kind(next) != CHARACTER_MARK)
            break;
        end = behind(scanner, end);
        if (next == 0x200D && end < scanner->line_end && peek_kind(scanner, end) == CHARACTER_SIGN)
            end = behind(scanner, end);
    }
    return end;
}

/* End of the longest group of signs at `at` that the lexicon has, or `at`. */
static size_t group_end(const Scanner *scanner, size_t at)
{
    enum { LONGEST_GROUP = 5 };
    for (size_t size = LONGEST_GROUP; size >= 2; size--)
        if (at + size <= scanner->line_end && !is_wordly(peek_kind(scanner, at + size)) &&
            (classes_of(scanner, at, at + size) & TOKEN_GROUP))
            return at + size;
    return at;
}

/* Whether nothing that belongs to the sign at `at` stands before it. */
static bool stands_free(const Scanner *scanner, size_t at)
{
    const Document *document = scanner->document;
    const Token *last = document->token_count ? &document->tokens[document->token_count - 1] : NULL;
    return !last || last->end < at || (last->shape & SHAPE_PUNCTUATION);
}

/* A sign that begins a word: "-5", ".5", "#tag", "@user", "'s", "'80s". Returns its end, or `at`. */
static size_t led_word_end(Scanner *scanner, size_t at, uint32_t c)
{
    size_t after = behind(scanner, at);
    CharacterKind next = peek_kind(scanner, after);
    if ((c == '#' || c == '@') && (is_letter(next) || peek(scanner, after) == '_') && stands_free(scanner, at)) {
        return scan_run(scanner, after).end;
    }
    if ((c == '-' || c == '+' || c == '.' || c == 0x2212) && next == CHARACTER_DIGIT && stands_free(scanner, at))
        return scan_run(scanner, after).end;
    if (is_apostrophe(c) && is_wordly(next)) {
        size_t end = after;
        while (is_wordly(peek_kind(scanner, end)))
            end = behind(scanner, end);
        bool year = next == CHARACTER_DIGIT && end - after <= 3 && !scanner->quoted;
        if (year || (end - after < LONGEST_FORM && (classes_of(scanner, at, end) & TOKEN_WHOLE)))
            return end;
    }
    return at;
}

static void note_quotation(Scanner *scanner, size_t at, uint32_t c)
{
    if (c == 0x2018)
        scanner->quoted = true;
    else if (is_apostrophe(c))
        scanner->quoted =
            !scanner->quoted && c == '\'' && stands_free(scanner, at) && is_wordly(peek_kind(scanner, at + 1));
}

/* The token that begins with the sign at `at`; returns its end. */
static size_t scan_sign(Scanner *scanner, size_t at)
{
    uint32_t c = peek(scanner, at);
    size_t end = led_word_end(scanner, at, c);
    if (end == at && c < 0x80 && stands_free(scanner, at))
        end = group_end(scanner, at);
    if (end == at) {
        note_quotation(scanner, at, c);
        end = sign_end(scanner, at);
        while (end < scanner->line_end && repeats(c, peek(scanner, end)))
            end = behind(scanner, end);
        if (end == behind(scanner, at))
            end = repetition_end(scanner, at);
    }
    add_token(scanner, at, end);
    return end;
}

static void scan_line(Scanner *scanner, size_t at)
{
    scanner->quoted = false;
    while (at < scanner->line_end) {
        CharacterKind kind = peek_kind(scanner, at);
        if (kind == CHARACTER_SPACE)
            at = behind(scanner, at);
        else if (kind != CHARACTER_MARK && is_wordly(kind))
            at = scan_word(scanner, at);
        else
            at = scan_sign(scanner, at);
    }
}

/* ---- words ---------------------------------------------------------------- */

/* A string of the lexicon with the case of its token: CAPITALS, or a Capital if
 * it is the first word of it. */
static Str cased(Document *document, const Token *token, Str s, bool first)
{
    if (!(token->shape & SHAPE_ALL_CAPITALS) && !(first && (token->shape & SHAPE_CAPITAL)))
        return s;
    char *bytes = arena_alloc(document->arena, 2 * s.size + UTF8_LONGEST);
    size_t size = 0;
    for (size_t at = 0; at < s.size;) {
        bool raise = at == 0 || (token->shape & SHAPE_ALL_CAPITALS);
        uint32_t c = next_character(s, &at);
        size += utf8_encode(raise ? (uint32_t)u_toupper((UChar32)c) : c, bytes + size);
    }
    return (Str){ bytes, size };
}

static void add_word(Document *document, size_t token, Str form)
{
    document->words[document->word_count++] = (Word){ .form = form, .head = RELATO_NONE, .token = (uint32_t)token };
}

/* Adds the words of a string, parted by spaces. */
static void add_words(Document *document, size_t index, Str words, bool first)
{
    const Token *token = &document->tokens[index];
    while (words.at) {
        Str word = str_cut(&words, ' ');
        if (word.size)
            add_word(document, index, cased(document, token, word, first));
        first = false;
    }
}

/* The host of a suffix: its own bytes, but for an end that becomes another. */
static Str host_of(const Scanner *scanner, const Token *token, const TokenSuffix *suffix)
{
    Document *document = scanner->document;
    const Lexicon *lexicon = scanner->lexicon.lexicon;
    Str after = lexicon_string(lexicon, suffix->after), becomes = lexicon_string(lexicon, suffix->becomes);
    if (after.size && after.at[0] == '^')
        after = str_slice(after, 1, after.size);
    Str surface = token_str(document, token);
    Folded folded;
    fold(surface, &folded);
    /* Folding may change the number of bytes before the suffix: then counted from the end. */
    size_t form = lexicon_string(lexicon, suffix->form).size, host = surface.size - form;
    if (str_equal(after, becomes) || folded.size != surface.size || after.size > host)
        return str_slice(surface, 0, host);
    Str stem = str_slice(surface, 0, host - after.size);
    return str_join(document->arena, stem, cased(document, token, becomes, stem.size == 0));
}

/* Whether the words around a contraction tell that it is none. */
static bool is_uncontracted(const Scanner *scanner, const TokenForm *form, size_t index)
{
    const Document *document = scanner->document;
    const Token *tokens = document->tokens;
    Folded before = { .size = 0 }, after = { .size = 0 };
    if (!form->pattern_count)
        return false;
    if (index > 0)
        fold(token_str(document, &tokens[index - 1]), &before);
    if (index + 1 < document->token_count && !(tokens[index + 1].shape & SHAPE_CAPITAL))
        fold(token_str(document, &tokens[index + 1]), &after);
    return tokens_uncontracted(&scanner->lexicon, form, folded_str(&before), folded_str(&after));
}

static void add_words_of_token(Scanner *scanner, size_t index)
{
    Document *document = scanner->document;
    const TokensLexicon *lexicon = &scanner->lexicon;
    Token *token = &document->tokens[index];
    uint32_t split = token->first_word, kind = split % SPLIT_KINDS, at = split / SPLIT_KINDS;
    token->first_word = (uint32_t)document->word_count;
    if (kind == SPLIT_SUFFIX) {
        add_word(document, index, host_of(scanner, token, &lexicon->suffixes[at]));
        add_words(document, index, lexicon_string(lexicon->lexicon, lexicon->suffixes[at].words), false);
    } else if (kind == SPLIT_FORM && !is_uncontracted(scanner, &lexicon->forms[at], index))
        add_words(document, index, lexicon_string(lexicon->lexicon, lexicon->forms[at].words), true);
    else
        add_word(document, index, token_str(document, token));
    token->word_count = (uint16_t)(document->word_count - token->first_word);
    token->space_after = space_follows(document, index);
}

/* ---- the stage ------------------------------------------------------------ */

static void scan_text(Scanner *scanner)
{
    Document *document = scanner->document;
    scanner->capacity = scanner->text.size / 4 + 16;
    document->tokens = arena_alloc(document->arena, scanner->capacity * sizeof *document->tokens);
    for (size_t start = 0; start < scanner->text.size; start = scanner->line_end + 1) {
        scanner->line_end = str_find_byte(scanner->text, '\n', start);
        scan_line(scanner, start);
    }
    document->words = arena_alloc(document->arena, scanner->word_limit * sizeof *document->words);
    for (size_t i = 0; i < document->token_count; i++)
        add_words_of_token(scanner, i);
}

void tokens_stage(Document *document, const Language *language)
{
    Scanner scanner = { .document = document, .lexicon = tokens_lexicon(&language->lexicon), .text = document->text };
    Folded folded;
    if (document->sentence_count == 0) {
        scan_text(&scanner);
        sentences_split(document, &scanner.lexicon);
        return;
    }
    for (size_t i = 0; i < document->token_count; i++) {
        look_at_token(document, &language->lexicon, &document->tokens[i], &folded);
        document->tokens[i].space_after = space_follows(document, i);
    }
}
