#include <math.h>
#include <stdlib.h>

#include "core/utf8.h"
#include "number/number_lexicon.h"

/* ---- digits -------------------------------------------------------------------- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The sign at s[*i], which moves behind it; 0 if there is none. */
static uint32_t read_sign(Str s, size_t *i)
{
    static const struct {
        const char *bytes;
        uint32_t sign;
    } signs[] = {
        { ".", SIGN_DOT },
        { ",", SIGN_COMMA },
        { " ", SIGN_SPACE },
        { "\xC2\xA0", SIGN_SPACE },
        { "\xE2\x80\xAF", SIGN_SPACE },
        { "\xE2\x80\x89", SIGN_SPACE },
    };
    for (size_t k = 0; k < sizeof signs / sizeof *signs; k++)
        if (str_starts(str_slice(s, *i, s.size), str_of(signs[k].bytes))) {
            *i += strlen(signs[k].bytes);
            return signs[k].sign;
        }
    return 0;
}

static size_t digits_at(Str s, size_t i)
{
    size_t start = i;
    while (i < s.size && is_digit(s.at[i]))
        i++;
    return i - start;
}

/* The whole number of `count` digits from `from` on. */
static double whole(Str s, size_t from, size_t count)
{
    double value = 0;
    for (size_t i = from; i < from + count; i++)
        value = 10 * value + (s.at[i] - '0');
    return value;
}

static double digits_value(Str s, NumberSigns signs)
{
    char plain[64];
    size_t size = 0, i = 0, run = digits_at(s, 0), groups = 0;
    bool decimals = false;
    uint32_t group_sign = 0;
    if (run == 0 || s.size > sizeof plain - 2)
        return -1;
    for (;;) {
        memcpy(plain + size, s.at + i, run);
        size += run;
        i += run;
        if (i == s.size)
            break;
        size_t first = run;
        uint32_t sign = read_sign(s, &i);
        run = digits_at(s, i);
        /* "1.500": three digits make a group, unless another sign parted the groups before. */
        bool groups_on = (sign & signs.group) && run == 3 && (groups ? sign == group_sign : first <= 3) && !decimals;
        if (groups_on) {
            group_sign = sign;
            groups++;
        } else if ((sign & signs.decimal) && !decimals && run > 0 && sign != group_sign) {
            decimals = true;
            plain[size++] = '.';
        } else
            return -1;
    }
    plain[size] = '\0';
    return strtod(plain, NULL);
}

double number_of_digits(const Lexicon *lexicon, Str s)
{
    NumberLexicon numbers;
    return number_lexicon_open(&numbers, lexicon) ? digits_value(s, numbers.signs) : -1;
}

/* ---- reading a numeral ------------------------------------------------------------ */

/* A numeral being read: tokens [start, at) and what they are worth. */
typedef struct Reader {
    const NumberLexicon *numbers;
    const Document *document;
    size_t end; /* of the sentence */
} Reader;

typedef struct Amount {
    double value, high;
    size_t at;         /* behind its last token */
    double multiplier; /* the last one that it was multiplied with; 1: none */
    bool vague;
    bool digits;
} Amount;

static const NumberWord *word_at(const Reader *reader, size_t at, NumberKind kind)
{
    return at < reader->end ? number_word(reader->numbers, reader->document->tokens[at].word, kind) : NULL;
}

static Str text_at(const Reader *reader, size_t at)
{
    return at < reader->end ? token_str(reader->document, &reader->document->tokens[at]) : (Str){ "", 0 };
}

static bool is_hyphen(const Reader *reader, size_t at)
{
    Str text = text_at(reader, at);
    return str_equal(text, STR("-")) || str_equal(text, STR("\xE2\x80\x90")) || str_equal(text, STR("\xE2\x80\x91"));
}

static bool is_dash(const Reader *reader, size_t at)
{
    return is_hyphen(reader, at) || str_equal(text_at(reader, at), STR("\xE2\x80\x93"));
}

/* The entry of a part of a token ("bn" in "1.5bn"), looked up by its letters. */
static const NumberWord *part_word(const Reader *reader, Str part, NumberKind kind)
{
    char small[16];
    if (part.size == 0 || part.size >= sizeof small)
        return NULL;
    for (size_t i = 0; i < part.size; i++)
        small[i] = (char)(part.at[i] >= 'A' && part.at[i] <= 'Z' ? part.at[i] + 32 : part.at[i]);
    return number_word(reader->numbers, lexicon_word(reader->numbers->lexicon, (Str){ small, part.size }, false), kind);
}

/* "10 000" as two tokens: the second continues the first. */
static bool continues_group(const Reader *reader, size_t at)
{
    const Token *tokens = reader->document->tokens;
    if (!(reader->numbers->signs.group & SIGN_SPACE) || at + 1 >= reader->end)
        return false;
    Str next = text_at(reader, at + 1), gap = str_slice(reader->document->text, tokens[at].end, tokens[at + 1].start);
    size_t i = 0;
    return next.size == 3 && digits_at(next, 0) == 3 && gap.size && read_sign(gap, &i) == SIGN_SPACE && i == gap.size;
}

/* Digits, with an attached suffix or in several tokens. */
static bool read_digits(const Reader *reader, size_t at, Amount *amount)
{
    Str text = text_at(reader, at);
    if (!text.size || !is_digit(text.at[0]))
        return false;
    size_t size = text.size;
    while (size && !is_digit(text.at[size - 1]))
        size--;
    const NumberWord *suffix = part_word(reader, str_slice(text, size, text.size), NUMBER_SUFFIX);
    double value = digits_value(str_slice(text, 0, size), reader->numbers->signs);
    if (value < 0 || (size < text.size && !suffix))
        return false;
    *amount = (Amount){ .value = value, .at = at + 1, .multiplier = suffix ? suffix->value : 1, .digits = true };
    amount->value *= amount->multiplier;
    for (size_t first = text.size; first <= 3 && !suffix && continues_group(reader, amount->at - 1); amount->at++)
        amount->value = 1000 * amount->value + whole(text_at(reader, amount->at), 0, 3);
    bool tight = !reader->document->tokens[at].space_after;
    if (!suffix && tight && (suffix = word_at(reader, amount->at, NUMBER_SUFFIX))) {
        amount->value *= suffix->value;
        amount->multiplier = suffix->value;
        amount->at++;
    }
    return true;
}

/* Words below a thousand: "trezentos e vinte e um", "two hundred and five", and
 * "fifteen hundred". */
static bool read_words(const Reader *reader, size_t at, Amount *amount)
{
    double value = 0, least = 1000; /* of what was read last: what follows must be smaller */
    size_t end = at;
    for (;;) {
        size_t next = end;
        if (end > at && (word_at(reader, next, NUMBER_AND) || is_hyphen(reader, next)))
            next++;
        const NumberWord *word;
        if ((word = word_at(reader, next, NUMBER_HUNDRED)) && least > 100)
            value += word->value, least = 100;
        else if ((word = word_at(reader, next, NUMBER_TEN)) && least > 10)
            value += word->value, least = 10;
        else if ((word = word_at(reader, next, NUMBER_TEEN)) && least > 10)
            value += word->value, least = 1;
        else if ((word = word_at(reader, next, NUMBER_UNIT)) && least > 1)
            value += word->value, least = 1;
        else if (next == end && end > at && value < 100 && (word = word_at(reader, next, NUMBER_TIMES)))
            value *= word->value, least = 100;
        else
            break;
        end = next + 1;
    }
    *amount = (Amount){ .value = value, .at = end, .multiplier = 1 };
    return end > at;
}

static const NumberWord *factor_at(const Reader *reader, size_t at)
{
    const NumberWord *word = word_at(reader, at, NUMBER_MULTIPLIER);
    word = word ? word : word_at(reader, at, NUMBER_COLLECTIVE);
    word = word ? word : word_at(reader, at, NUMBER_PLURAL);
    return word ? word : word_at(reader, at, NUMBER_TIMES);
}

/* "and a half" behind an amount: gives the position behind it, or 0. Without an
 * article it may be half an hour ("las tres y media") unless it was `multiplied`
 * ("millón y medio") or is multiplied next. */
static size_t behind_half(const Reader *reader, size_t at, bool multiplied)
{
    if (!word_at(reader, at, NUMBER_AND))
        return 0;
    bool article = word_at(reader, at + 1, NUMBER_ARTICLE);
    at += 1 + (size_t)article;
    if (!word_at(reader, at, NUMBER_HALF))
        return 0;
    return article || multiplied || factor_at(reader, at + 1) ? at + 1 : 0;
}

/* "1/2" as one token; 0 if it is not. */
static double written_fraction(Str text)
{
    size_t upper = digits_at(text, 0), lower = upper + 1 < text.size ? digits_at(text, upper + 1) : 0;
    if (!upper || upper > 2 || !lower || lower > 2 || text.at[upper] != '/' || upper + 1 + lower != text.size)
        return 0;
    double divisor = whole(text, upper + 1, lower);
    return divisor > 0 ? whole(text, 0, upper) / divisor : 0;
}

/* What can stand before a factor: digits, words, "half (a)", "a", "several", or nothing. */
static bool read_lead(const Reader *reader, size_t at, Amount *amount)
{
    size_t behind;
    if (word_at(reader, at, NUMBER_HALF)) {
        *amount =
            (Amount){ .value = 0.5, .at = at + 1 + (word_at(reader, at + 1, NUMBER_ARTICLE) != NULL), .multiplier = 1 };
        return factor_at(reader, amount->at) != NULL;
    }
    if (read_digits(reader, at, amount)) {
        double half = written_fraction(text_at(reader, amount->at));
        if (half > 0 && half < 1 && amount->value < 1000)
            amount->value += half, amount->at++;
        return true;
    }
    if (read_words(reader, at, amount)) {
        if ((behind = behind_half(reader, amount->at, false)))
            amount->value += 0.5, amount->at = behind;
        return true;
    }
    bool several = word_at(reader, at, NUMBER_SEVERAL), article = word_at(reader, at, NUMBER_ARTICLE);
    *amount = (Amount){ .value = several ? 2 : 1, .at = at + (several || article), .multiplier = 1, .vague = several };
    if (several || article)
        return factor_at(reader, amount->at) != NULL;
    if (word_at(reader, at, NUMBER_PLURAL)) {
        amount->value = 2;
        amount->vague = true;
        return true;
    }
    return word_at(reader, at, NUMBER_ALONE);
}

/* Multiplies with the factors that follow: "mil milhões", "centenas de milhares". */
static void read_factors(const Reader *reader, Amount *amount)
{
    bool collective = false;
    for (;;) {
        size_t at = amount->at;
        if (collective && word_at(reader, at, NUMBER_OF))
            at++;
        else if (is_hyphen(reader, at) && !reader->document->tokens[at].space_after)
            at++;
        const NumberWord *factor = factor_at(reader, at);
        bool plain = factor && factor->kind == NUMBER_MULTIPLIER;
        if (!factor || (at > amount->at && collective && plain && factor->value == 1))
            return;
        if (factor->kind == NUMBER_TIMES && (amount->value >= 100 || amount->multiplier > 1) && !amount->vague)
            return;
        amount->value *= factor->value;
        amount->multiplier = factor->value;
        amount->at = at + 1;
        collective = !plain;
    }
}

/* A cardinal number from its parts: "dois milhões trezentos mil e quinze". */
static bool read_cardinal(const Reader *reader, size_t start, Amount *amount)
{
    if (!read_lead(reader, start, amount))
        return false;
    read_factors(reader, amount);
    while (amount->multiplier > 1) {
        size_t behind = behind_half(reader, amount->at, true), at = amount->at;
        if (behind) {
            amount->value += 0.5 * amount->multiplier;
            amount->at = behind;
            break;
        }
        bool joined = word_at(reader, at, NUMBER_AND);
        Amount next;
        at += joined;
        if (!(read_digits(reader, at, &next) || read_words(reader, at, &next)) || next.value >= amount->multiplier)
            break;
        double addend = next.value;
        read_factors(reader, &next);
        if (next.multiplier == amount->multiplier || (next.digits && !joined && next.multiplier == 1))
            break;
        if (next.multiplier > amount->multiplier) /* dos mil quinientos millones */
            amount->value = (amount->value + addend) * (next.value / addend);
        else if (next.value < amount->multiplier)
            amount->value += next.value;
        else
            break;
        amount->at = next.at;
        amount->multiplier = next.multiplier;
    }
    return true;
}

/* "20 a 30 mil", "3-4 million", "entre 20 e 30 mil": the multiplier of the upper
 * end counts for both. */
static void read_range(const Reader *reader, size_t start, Amount *amount)
{
    Amount upper;
    bool between = start > 0 && word_at(reader, start - 1, NUMBER_BETWEEN);
    size_t at = amount->at;
    if (amount->multiplier > 1 || amount->vague ||
        !(word_at(reader, at, NUMBER_RANGE) || is_dash(reader, at) || (between && word_at(reader, at, NUMBER_AND))))
        return;
    if (!read_cardinal(reader, at + 1, &upper) || upper.multiplier <= 1 || upper.vague ||
        upper.value / upper.multiplier <= amount->value ||
        upper.value / upper.multiplier >= (upper.multiplier >= 1e6 ? 1e6 : 1e3))
        return;
    amount->value *= upper.multiplier;
    amount->high = upper.value;
    amount->at = upper.at;
}

/* "3-4" as one token before a multiplier. */
static bool read_joined_range(const Reader *reader, size_t at, Amount *amount)
{
    Str text = text_at(reader, at);
    size_t hyphen = str_find_byte(text, '-', 0);
    const NumberWord *factor = word_at(reader, at + 1, NUMBER_MULTIPLIER);
    if (!factor || hyphen == 0 || hyphen + 1 >= text.size || !is_digit(text.at[0]))
        return false;
    double low = digits_value(str_slice(text, 0, hyphen), reader->numbers->signs);
    double high = digits_value(str_slice(text, hyphen + 1, text.size), reader->numbers->signs);
    if (low < 0 || high <= low)
        return false;
    *amount = (Amount){ .value = high, .at = at + 1, .multiplier = 1, .digits = true };
    read_factors(reader, amount);
    amount->high = amount->value;
    amount->value = low * (amount->high / high);
    return true;
}

/* "vigésimo primeiro", "twenty-first", "3rd", "2.º", "1 ª". */
static bool read_ordinal(const Reader *reader, size_t start, Amount *amount)
{
    Str text = text_at(reader, start);
    size_t digits = digits_at(text, 0);
    if (digits) {
        Str rest = str_slice(text, digits, text.size);
        if (rest.size > 1 && rest.at[0] == '.')
            rest = str_slice(rest, 1, rest.size);
        bool alone = !rest.size && word_at(reader, start + 1, NUMBER_ORDINAL_SUFFIX) && digits < 4 &&
                     text_at(reader, start + 1).size == 2;
        *amount = (Amount){ .value = whole(text, 0, digits), .at = start + 1 + alone, .digits = true };
        return alone || (digits < 7 && part_word(reader, rest, NUMBER_ORDINAL_SUFFIX));
    }
    double value = 0, least = 1000;
    size_t at = start;
    const NumberWord *word = word_at(reader, at, NUMBER_TEN);
    if (word && word_at(reader, at + 1 + is_hyphen(reader, at + 1), NUMBER_ORDINAL)) {
        value = word->value, least = 10;
        at += 1 + (size_t)is_hyphen(reader, at + 1);
    }
    while ((word = word_at(reader, at, NUMBER_ORDINAL)) && word->value < least) {
        value += word->value;
        least = word->value >= 100 ? 100 : word->value >= 10 && fmod(word->value, 10) == 0 ? 10 : 1;
        at++;
    }
    *amount = (Amount){ .value = value, .at = at };
    return at > start && least < 1000;
}

/* "dois terços", "two-thirds", "um terço"; with "a", which may begin an ordinal
 * ("a third man"), only before "of". */
static bool read_fraction(const Reader *reader, size_t start, Amount *amount)
{
    const NumberWord *article = word_at(reader, start, NUMBER_ARTICLE);
    if (article)
        *amount = (Amount){ .value = 1, .at = start + 1, .multiplier = 1 };
    else if (!read_words(reader, start, amount) && !read_digits(reader, start, amount))
        return false;
    size_t at = amount->at + (size_t)is_hyphen(reader, amount->at);
    const NumberWord *divisor = word_at(reader, at, NUMBER_FRACTION);
    if (!divisor || amount->value < 1 || amount->value >= divisor->value)
        return false;
    if (amount->value == 1 && word_at(reader, at, NUMBER_ORDINAL) && !word_at(reader, at + 1, NUMBER_OF))
        return false;
    amount->value /= divisor->value;
    amount->at = at + 1;
    return true;
}

/* A lone "um" or "one" that is an article as well is no numeral. */
static bool is_lone_article(const Reader *reader, size_t start, const Amount *amount)
{
    return amount->at == start + 1 && word_at(reader, start, NUMBER_ARTICLE);
}

/* The longest numeral at `start`; returns the position behind it, or start. */
static size_t read_numeral(const Reader *reader, size_t start, Numeral *numeral)
{
    Amount best = { 0 }, amount;
    NumeralKind kind = NUMERAL_CARDINAL;
    if (read_joined_range(reader, start, &amount))
        best = amount;
    else if (read_cardinal(reader, start, &amount) && !is_lone_article(reader, start, &amount)) {
        amount.high = 0;
        read_range(reader, start, &amount);
        best = amount;
        kind = amount.vague ? NUMERAL_VAGUE : NUMERAL_CARDINAL;
    }
    if (read_ordinal(reader, start, &amount) && amount.at > best.at)
        best = amount, best.high = 0, kind = NUMERAL_ORDINAL;
    if (read_fraction(reader, start, &amount) && amount.at > best.at)
        best = amount, best.high = 0, kind = NUMERAL_FRACTION;
    if (best.at <= start)
        return start;
    *numeral = (Numeral){ .first_token = (uint32_t)start,
                          .token_count = (uint32_t)(best.at - start),
                          .value = best.value,
                          .high = best.high > best.value ? best.high : best.value,
                          .kind = (uint8_t)kind };
    return best.at;
}

static bool may_begin(const NumberLexicon *numbers, const Token *token)
{
    return (token->shape & SHAPE_DIGITS) ||
           (token->word && token->word < numbers->index_count && numbers->index[token->word]);
}

void number_stage(Document *document, const Language *language)
{
    NumberLexicon numbers;
    struct {
        Numeral *items;
        size_t count, capacity;
    } found = { 0 };
    if (!number_lexicon_open(&numbers, &language->lexicon))
        return;
    for (size_t s = 0; s < document->sentence_count; s++) {
        size_t at = document->sentences[s].first_token, end = at + document->sentences[s].token_count;
        Reader reader = { &numbers, document, end };
        while (at < end) {
            Numeral numeral;
            size_t behind = may_begin(&numbers, &document->tokens[at]) ? read_numeral(&reader, at, &numeral) : at;
            if (behind > at)
                *ARENA_PUSH(document->arena, &found) = numeral;
            at = behind > at ? behind : at + 1;
        }
    }
    document->numerals = found.items;
    document->numeral_count = found.count;
}
