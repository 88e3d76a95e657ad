#include "language/identify.h"

#include <math.h>
#include <unicode/uchar.h>

#include "core/utf8.h"

/* ---- the model file ------------------------------------------------------ */
/* All numbers are little-endian; train/language/train.py writes it:
 *
 *     Header      header;
 *     char        codes[IDENTIFY_LANGUAGES][IDENTIFY_CODE_SIZE];
 *     float       bias[IDENTIFY_LANGUAGES];
 *     int8_t      weights[1 << bits][IDENTIFY_LANGUAGES];
 */

static const char MAGIC[8] = "RelatoLI";

enum { VERSION = 1, BITS_MIN = 8, BITS_MAX = 20 };

typedef struct Header {
    char magic[8];
    uint32_t checksum; /* of all that follows it */
    uint32_t version;
    uint32_t language_count;
    uint32_t target_count;
    uint32_t bits;
    float scale;
} Header;

typedef struct Tables {
    char codes[IDENTIFY_LANGUAGES][IDENTIFY_CODE_SIZE];
    float bias[IDENTIFY_LANGUAGES];
} Tables;

/* Fletcher's checksum over 32-bit words: fast enough to check at every start. */
static uint32_t checksum(Str file)
{
    uint64_t sum = 0, sum_of_sums = 0;
    for (size_t i = offsetof(Header, version); i + sizeof(uint32_t) <= file.size; i += sizeof(uint32_t)) {
        uint32_t word;
        memcpy(&word, file.at + i, sizeof word);
        sum += word;
        sum_of_sums += sum;
    }
    return (uint32_t)(sum ^ sum >> 32 ^ sum_of_sums ^ sum_of_sums >> 32);
}

static bool fault(Error *error, const char *what)
{
    return error_set(error, RELATO_ERROR_LEXICON, 0, SIZE_MAX, "the language identification model %s", what);
}

static bool numbers_are_finite(const Header *header, const Tables *tables)
{
    if (!isfinite(header->scale))
        return false;
    for (size_t i = 0; i < IDENTIFY_LANGUAGES; i++)
        if (!isfinite(tables->bias[i]))
            return false;
    return true;
}

static bool codes_are_strings(const Header *header, const Tables *tables)
{
    for (size_t i = 0; i < header->language_count; i++)
        if (tables->codes[i][0] == '\0' || !memchr(tables->codes[i], '\0', IDENTIFY_CODE_SIZE))
            return false;
    return true;
}

bool identifier_open(Identifier *identifier, Str file, Error *error)
{
    Header header;
    Tables tables;
    if (file.size < sizeof header + sizeof tables)
        return fault(error, "is cut short");
    memcpy(&header, file.at, sizeof header);
    memcpy(&tables, file.at + sizeof header, sizeof tables);
    if (memcmp(header.magic, MAGIC, sizeof MAGIC) != 0)
        return fault(error, "is not one");
    if (header.version != VERSION)
        return fault(error, "has another version or byte order");
    if (header.language_count > IDENTIFY_LANGUAGES || header.target_count == 0 ||
        header.target_count > header.language_count || header.bits < BITS_MIN || header.bits > BITS_MAX)
        return fault(error, "has a damaged header");
    if (file.size != sizeof header + sizeof tables + ((size_t)IDENTIFY_LANGUAGES << header.bits))
        return fault(error, "has the wrong size");
    if (checksum(file) != header.checksum || !numbers_are_finite(&header, &tables) ||
        !codes_are_strings(&header, &tables))
        return fault(error, "is damaged");

    const char *at = file.at + sizeof header;
    *identifier = (Identifier){
        .language_count = header.language_count,
        .target_count = header.target_count,
        .bits = header.bits,
        .scale = header.scale,
        .codes = (const char(*)[IDENTIFY_CODE_SIZE])at,
        .bias = (const float *)(const void *)(at + sizeof tables.codes),
        .weights = (const int8_t(*)[IDENTIFY_LANGUAGES])(at + sizeof tables),
    };
    return true;
}

/* ---- features ------------------------------------------------------------ */
/* A text is a row of words; a word is a run of letters, folded to lower case.
 * Its features are all n-grams of one to five characters, with a mark at both
 * ends of the word; the word; and the word with the one before it. Figures and
 * punctuation only part words, except for what tells languages apart: the
 * apostrophe of elision ends a word and belongs to it (l'|aigua), the middle
 * dot stands in one (col·legi), and the inverted marks are words. Letters
 * beyond Latin count as their script alone: that decides for "other" at once. */

enum {
    LONGEST_GRAM = 5,
    END_OF_WORD = ' ',
    FIRST_BEYOND_LATIN = 0x370,
    LATIN_ADDITIONAL = 0x1E00, /* a block of Latin letters up to ... */
    LATIN_ADDITIONAL_END = 0x1F00,
    SCRIPT = 0x200000 /* above all code points: stands for a script */
};

/* Seeds that keep the kinds of features apart. */
enum { SEED_GRAM = 0x2545F491, SEED_WORD = 0x1B873593, SEED_PAIR = 0x27D4EB2F };

typedef struct FeatureReader {
    Str text;
    size_t at;                   /* byte that comes next */
    uint32_t shift;              /* 32 - bits: a hash's upper bits are its row */
    uint32_t gram[LONGEST_GRAM]; /* [k]: hash of the k + 1 characters read last */
    uint32_t length;             /* characters in the word so far, its first mark included; 0: outside */
    uint32_t word, word_before;  /* hashes */
} FeatureReader;

static inline uint32_t mix(uint32_t hash, uint32_t value)
{
    hash = (hash ^ value) * 0x01000193u;
    return hash ^ hash >> 15;
}

static inline uint32_t row_of(const FeatureReader *reader, uint32_t hash)
{
    return hash * 0x9E3779B1u >> reader->shift;
}

/* The letter as the model sees it, or 0 if `c` is none. */
static uint32_t letter(uint32_t c)
{
    if (c < 0x80)
        return (c | 0x20) - 'a' < 26 ? c | 0x20 : 0;
    if (!u_isalpha((UChar32)c))
        return 0;
    if (c < FIRST_BEYOND_LATIN || (c >= LATIN_ADDITIONAL && c < LATIN_ADDITIONAL_END))
        return (uint32_t)u_tolower((UChar32)c);
    return SCRIPT | c >> 8;
}

static bool is_mark(uint32_t c)
{
    return c >= 0x300 && u_charType((UChar32)c) == U_NON_SPACING_MARK;
}

static bool letter_follows(const FeatureReader *reader)
{
    size_t at = reader->at;
    return at < reader->text.size && letter(utf8_next(reader->text, &at)) != 0;
}

/* Takes one more character of a word; gives its n-grams that are `shortest`
 * characters or longer. Returns the number of rows written. */
static size_t add_character(FeatureReader *reader, uint32_t c, uint32_t shortest, uint32_t *rows)
{
    size_t count = 0;
    for (uint32_t k = LONGEST_GRAM - 1; k > 0; k--)
        reader->gram[k] = mix(reader->gram[k - 1], c);
    reader->gram[0] = mix(SEED_GRAM, c);
    reader->length++;
    for (uint32_t n = shortest; n <= LONGEST_GRAM && n <= reader->length; n++)
        rows[count++] = row_of(reader, reader->gram[n - 1]);
    return count;
}

static size_t add_letter(FeatureReader *reader, uint32_t c, uint32_t *rows)
{
    if (reader->length == 0) {
        reader->word = SEED_WORD;
        add_character(reader, END_OF_WORD, LONGEST_GRAM, rows);
    }
    reader->word = mix(reader->word, c);
    return add_character(reader, c, 1, rows);
}

static size_t end_word(FeatureReader *reader, uint32_t *rows)
{
    if (reader->length == 0)
        return 0;
    size_t count = add_character(reader, END_OF_WORD, 2, rows);
    rows[count++] = row_of(reader, reader->word);
    rows[count++] = row_of(reader, mix(mix(SEED_PAIR, reader->word_before), reader->word));
    reader->word_before = reader->word;
    reader->length = 0;
    return count;
}

/* Reads one code point. At most it ends a word, adds a letter and ends that:
 * MOST_ROWS rows. */
enum { MOST_ROWS = 3 * (LONGEST_GRAM + 1) };

static size_t read_character(FeatureReader *reader, uint32_t *rows)
{
    uint32_t c = utf8_next(reader->text, &reader->at);
    uint32_t folded = letter(c);
    if (folded != 0)
        return add_letter(reader, folded, rows);
    if (is_mark(c))
        return 0;
    if (reader->length > 0 && (c == '\'' || c == 0x2019) && letter_follows(reader)) {
        size_t count = add_letter(reader, '\'', rows);
        return count + end_word(reader, rows + count);
    }
    if (reader->length > 0 && c == 0xB7 && letter_follows(reader))
        return add_letter(reader, c, rows);
    size_t count = end_word(reader, rows);
    if (c == 0xBF || c == 0xA1) {
        count += add_letter(reader, c, rows + count);
        count += end_word(reader, rows + count);
    }
    return count;
}

static FeatureReader reader_of(Str text, uint32_t bits)
{
    if (text.size > IDENTIFY_LIMIT)
        text.size = IDENTIFY_LIMIT;
    return (FeatureReader){ .text = text, .shift = 32 - bits, .word_before = SEED_WORD };
}

/* Fills `rows` (capacity of them, MOST_ROWS or more) as far as whole characters
 * go; returns how many; 0 at the end of the text. */
static size_t read_rows(FeatureReader *reader, uint32_t *rows, size_t capacity)
{
    size_t count = 0;
    while (count + MOST_ROWS <= capacity && reader->at < reader->text.size)
        count += read_character(reader, rows + count);
    if (count + MOST_ROWS <= capacity)
        count += end_word(reader, rows + count);
    return count;
}

size_t identify_rows(Str text, uint32_t bits, uint32_t *rows, size_t capacity)
{
    FeatureReader reader = reader_of(text, bits);
    size_t total = 0;
    uint32_t block[256];
    size_t count;
    while ((count = read_rows(&reader, block, sizeof block / sizeof block[0])) > 0) {
        for (size_t i = 0; i < count; i++, total++)
            if (total < capacity)
                rows[total] = block[i];
    }
    return total;
}

/* ---- the decision -------------------------------------------------------- */

enum {
    BLOCK_ROWS = 1024,    /* a block is about 200 bytes of text */
    DECISIVE_BYTES = 1024 /* fewer bytes never settle it: a page may begin in another language */
};

static const double DECISIVE_CONFIDENCE = 0.9999;

/* The weights of all rows read so far. */
typedef struct Score {
    int32_t sums[IDENTIFY_LANGUAGES];
    size_t row_count;
} Score;

static void add_rows(const Identifier *identifier, const uint32_t *rows, size_t count, Score *score)
{
    for (size_t i = 0; i < count; i++) {
        const int8_t *weights = identifier->weights[rows[i]]; // (IDENTIFY_LANGUAGES)
        for (size_t j = 0; j < IDENTIFY_LANGUAGES; j++)
            score->sums[j] += weights[j];
    }
    score->row_count += count;
}

/* Softmax over the languages. Evidence adds up, but neighbouring n-grams are
 * not independent: it grows with the square root of their number. */
static void probabilities(const Identifier *identifier, const Score *score, double *probability)
{
    double factor = (double)identifier->scale / sqrt((double)score->row_count);
    double highest = -INFINITY, total = 0;
    for (size_t j = 0; j < identifier->language_count; j++) {
        probability[j] = (double)identifier->bias[j] + factor * score->sums[j];
        highest = fmax(highest, probability[j]);
    }
    for (size_t j = 0; j < identifier->language_count; j++)
        total += probability[j] = exp(probability[j] - highest);
    for (size_t j = 0; j < identifier->language_count; j++)
        probability[j] /= total;
}

static size_t likeliest(const double *probability, size_t start, size_t end)
{
    size_t best = start;
    for (size_t j = start; j < end; j++)
        if (probability[j] > probability[best])
            best = j;
    return best;
}

/* The likeliest target, unless the other languages together are likelier. */
static Identification decide(const Identifier *identifier, const Score *score)
{
    double probability[IDENTIFY_LANGUAGES], others = 0;
    probabilities(identifier, score, probability);
    for (size_t j = identifier->target_count; j < identifier->language_count; j++)
        others += probability[j];
    size_t target = likeliest(probability, 0, identifier->target_count);
    if (probability[target] >= others)
        return (Identification){ identifier->codes[target], true, probability[target] };
    size_t other = likeliest(probability, identifier->target_count, identifier->language_count);
    return (Identification){ identifier->codes[other], false, others };
}

Identification identify_language(const Identifier *identifier, Str text)
{
    FeatureReader reader = reader_of(text, identifier->bits);
    Identification result = { "und", false, 0 };
    Score score = { 0 };
    uint32_t rows[BLOCK_ROWS];
    size_t count;
    while ((count = read_rows(&reader, rows, BLOCK_ROWS)) > 0) {
        add_rows(identifier, rows, count, &score);
        if (reader.at >= DECISIVE_BYTES && reader.at < reader.text.size) {
            result = decide(identifier, &score);
            if (result.confidence > DECISIVE_CONFIDENCE)
                return result;
        }
    }
    return score.row_count > 0 ? decide(identifier, &score) : result;
}
