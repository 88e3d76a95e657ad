#include "names/key.h"

#include <stdlib.h>
#include <unicode/unorm2.h>

#include "core/utf8.h"
#include "language/knowledge.h"

/* A word of a name in plain letters, and what it does (bits of KeyWord.uses). */
typedef struct Part {
    Str letters;
    uint8_t uses;
    bool joined; /* it is one with the word behind it */
} Part;

typedef struct Parts {
    Part *items;
    size_t count;
    size_t comma; /* the first behind the only comma; 0: there is none */
} Parts;

/* ---- plain letters ---------------------------------------------------------------- */

/* A letter without its accents: what its decomposition begins with. */
static uint32_t base_letter(uint32_t c)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfd = unorm2_getNFDInstance(&status);
    UChar parts[32];
    int32_t length = U_SUCCESS(status) ? unorm2_getDecomposition(nfd, (UChar32)c, parts, 32, &status) : -1;
    return length > 0 && U_SUCCESS(status) ? parts[0] : c;
}

static int by_code_point(const void *key, const void *letter)
{
    uint32_t wanted = *(const uint32_t *)key, found = ((const KeyLetter *)letter)->code_point;
    return (wanted > found) - (wanted < found);
}

/* True for what stands inside words without parting them: apostrophes, the signs
 * for Arabic hamza and ain, marks. */
static bool inside_words(uint32_t c)
{
    if (c == '\'' || c == '`' || c == 0xB4 || c == 0x2018 || c == 0x2019)
        return true;
    return c >= 0x80 && (U_GET_GC_MASK((UChar32)c) & (U_GC_M_MASK | U_GC_LM_MASK | U_GC_CF_MASK)) != 0;
}

static bool is_plain(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Adds a letter or digit as plain letters at `to`; returns how many bytes, 0 for
 * anything else. At most twice the bytes that it has. */
static size_t add_plain(const NameKeys *keys, uint32_t c, char *to)
{
    if (c >= 0x80 && c < 0x2000)
        c = base_letter(c);
    c = c < 0x80 ? (c >= 'A' && c <= 'Z' ? c + 32 : c) : (uint32_t)u_foldCase((UChar32)c, U_FOLD_CASE_DEFAULT);
    if (is_plain(c)) {
        *to = (char)c;
        return 1;
    }
    if (c < 0x80 || !u_isalnum((UChar32)c))
        return 0;
    const KeyLetter *letter =
        keys->letter_count ? bsearch(&c, keys->letters, keys->letter_count, sizeof *letter, by_code_point) : NULL;
    if (!letter)
        return utf8_encode(c, to);
    size_t size = strnlen(letter->becomes, sizeof letter->becomes);
    memcpy(to, letter->becomes, size);
    return size;
}

static int by_form(const void *key, const void *word)
{
    const Str *form = key;
    int order = strncmp(form->at, ((const KeyWord *)word)->form, form->size);
    return order ? order : -(((const KeyWord *)word)->form[form->size] != '\0');
}

static uint8_t uses_of(const NameKeys *keys, Str letters)
{
    if (letters.size > KEY_WORD_LONGEST || keys->word_count == 0)
        return 0;
    const KeyWord *word = bsearch(&letters, keys->words, keys->word_count, sizeof *word, by_form);
    return word ? word->uses : 0;
}

static void add_part(const NameKeys *keys, Parts *parts, const char *start, const char *end)
{
    Str letters = { start, (size_t)(end - start) };
    if (letters.size)
        parts->items[parts->count++] = (Part){ letters, uses_of(keys, letters), false };
}

/* The words of a name. */
static Parts split(Arena *arena, const NameKeys *keys, Str name)
{
    Parts parts = { .items = ARENA_ARRAY(arena, Part, name.size / 2 + 1) };
    char *start = arena_alloc(arena, 2 * name.size + UTF8_LONGEST), *to = start;
    size_t commas = 0;
    for (size_t at = 0; at < name.size;) {
        uint32_t c = utf8_next(name, &at);
        if (inside_words(c))
            continue;
        size_t added = add_plain(keys, c, to);
        to += added;
        if (added)
            continue;
        add_part(keys, &parts, start, to);
        start = to;
        if (c == ',' && parts.count && commas++ == 0)
            parts.comma = parts.count;
    }
    add_part(keys, &parts, start, to);
    if (commas != 1)
        parts.comma = 0;
    return parts;
}

/* ---- which words, in which order ----------------------------------------------------- */

static void reverse(Part *items, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        Part kept = items[i];
        items[i] = items[count - 1 - i];
        items[count - 1 - i] = kept;
    }
}

/* Puts what stands from `first` on before the rest. */
static void rotate(Parts *parts, size_t first)
{
    reverse(parts->items, first);
    reverse(parts->items + first, parts->count - first);
    reverse(parts->items, parts->count);
}

/* "Lavrov, Sergey", but not "Trump, Jr." */
static void order_by_comma(Parts *parts)
{
    if (parts->comma && parts->comma < parts->count && !(parts->items[parts->comma].uses & KEY_SUFFIX))
        rotate(parts, parts->comma);
}

/* Leaves out initials and particles, unless nothing else would be left. */
static void leave_out(Parts *parts)
{
    size_t kept = 0;
    for (size_t i = 0; i < parts->count; i++) {
        const Part *part = &parts->items[i];
        bool last = i + 1 == parts->count, initial = part->letters.size == 1;
        bool particle = (part->uses & KEY_PARTICLE) || (i > 0 && (part->uses & KEY_INNER_PARTICLE));
        if (last ? kept == 0 || !particle : !particle && !initial)
            parts->items[kept++] = *part;
    }
    parts->count = kept;
}

/* Where families stand first: puts the family first, and makes the given name one
 * word, however it is parted. */
static void order_by_family(Parts *parts)
{
    if (parts->count < 2)
        return;
    bool first = parts->items[0].uses & KEY_FAMILY;
    if (!first && !(parts->items[parts->count - 1].uses & KEY_FAMILY))
        return;
    if (!first)
        rotate(parts, parts->count - 1);
    for (size_t i = 1; i + 1 < parts->count; i++)
        parts->items[i].joined = true;
}

/* The words in one string, parted by spaces. */
static Str join(Arena *arena, const Parts *parts)
{
    size_t size = 0;
    for (size_t i = 0; i < parts->count; i++)
        size += parts->items[i].letters.size + 1;
    char *bytes = arena_alloc(arena, size + 1), *to = bytes;
    for (size_t i = 0; i < parts->count; i++) {
        const Part *part = &parts->items[i];
        memcpy(to, part->letters.at, part->letters.size);
        to += part->letters.size;
        if (i + 1 < parts->count && !part->joined && !(part->uses & KEY_JOINED))
            *to++ = ' ';
    }
    return (Str){ bytes, (size_t)(to - bytes) };
}

/* ---- rewriting --------------------------------------------------------------------- */

/* The bit of a letter or of the end of a word; 0 for all else. */
static uint32_t neighbour(Str s, size_t at)
{
    if (at >= s.size || s.at[at] == ' ')
        return KEY_EDGE;
    return s.at[at] >= 'a' && s.at[at] <= 'z' ? 1u << (s.at[at] - 'a') : 0;
}

static const KeyRule *rule_in(const NameKeys *keys, size_t bucket, Str s, size_t at, uint32_t behind)
{
    for (size_t i = keys->buckets[bucket]; i < keys->buckets[bucket + 1]; i++) {
        const KeyRule *rule = &keys->rules[i];
        if (rule->form_size <= s.size - at && memcmp(rule->form, s.at + at, rule->form_size) == 0 &&
            (rule->behind & behind) && (rule->before & neighbour(s, at + rule->form_size)))
            return rule;
    }
    return NULL;
}

/* The rule for what stands at `at`, a letter; NULL if it stays as it is. */
static const KeyRule *rule_at(const NameKeys *keys, Str s, size_t at)
{
    size_t bucket = 27 * (size_t)(s.at[at] - 'a');
    uint32_t behind = at ? neighbour(s, at - 1) : KEY_EDGE;
    const KeyRule *rule = NULL;
    if (at + 1 < s.size && s.at[at + 1] >= 'a' && s.at[at + 1] <= 'z')
        rule = rule_in(keys, bucket + 1 + (size_t)(s.at[at + 1] - 'a'), s, at, behind);
    return rule ? rule : rule_in(keys, bucket, s, at, behind);
}

/* Adds letters to the key, of two equal neighbours one. */
static char *add(char *key, char *to, const char *letters, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (to == key || to[-1] != letters[i] || letters[i] < 'a' || letters[i] > 'z')
            *to++ = letters[i];
    return to;
}

static Str rewrite(Arena *arena, const NameKeys *keys, Str s)
{
    char *key = arena_alloc(arena, 2 * s.size + 1), *to = key;
    for (size_t at = 0; at < s.size;) {
        bool letter = s.at[at] >= 'a' && s.at[at] <= 'z';
        const KeyRule *rule = letter ? rule_at(keys, s, at) : NULL;
        to = rule ? add(key, to, rule->becomes, rule->becomes_size) : add(key, to, s.at + at, 1);
        at += rule ? rule->form_size : 1;
    }
    *to = '\0';
    return (Str){ key, (size_t)(to - key) };
}

Str name_key(Arena *arena, const NameKeys *keys, Str name)
{
    Parts parts = split(arena, keys, name);
    order_by_comma(&parts);
    leave_out(&parts);
    order_by_family(&parts);
    return rewrite(arena, keys, join(arena, &parts));
}

/* ---- matching ------------------------------------------------------------------------ */

static bool equal_but_for_spaces(Str a, Str b)
{
    size_t i = 0, k = 0;
    for (;; i++, k++) {
        while (i < a.size && a.at[i] == ' ')
            i++;
        while (k < b.size && b.at[k] == ' ')
            k++;
        if (i == a.size || k == b.size)
            return i == a.size && k == b.size;
        if (a.at[i] != b.at[k])
            return false;
    }
}

static size_t count_words(Str key)
{
    size_t count = key.size > 0;
    for (size_t i = 0; i < key.size; i++)
        count += key.at[i] == ' ';
    return count;
}

static Str last_word(Str key)
{
    size_t at = key.size;
    while (at > 0 && key.at[at - 1] != ' ')
        at--;
    return str_slice(key, at, key.size);
}

/* True if `few` has no word that `many` has not, in the same order. */
static bool within(Str few, Str many)
{
    while (few.at) {
        Str wanted = str_cut(&few, ' ');
        bool found = false;
        while (many.at && !found)
            found = str_equal(str_cut(&many, ' '), wanted);
        if (!found)
            return false;
    }
    return true;
}

bool name_keys_match(Str a, Str b)
{
    if (a.size == 0 || b.size == 0)
        return false;
    if (equal_but_for_spaces(a, b))
        return true;
    Str rest_a = a, rest_b = b;
    if (count_words(a) < 2 || count_words(b) < 2 || !str_equal(str_cut(&rest_a, ' '), str_cut(&rest_b, ' ')) ||
        !str_equal(last_word(a), last_word(b)))
        return false;
    return count_words(a) < count_words(b) ? within(a, b) : within(b, a);
}

/* ---- the public header --------------------------------------------------------------- */

/* name_key, with a way back for the arena; the bytes are malloc'd, NULL if memory is short. */
static char *key_guarded(Arena *arena, jmp_buf *escape, const NameKeys *keys, Str name, size_t *size)
{
    if (setjmp(*escape) != 0)
        return NULL;
    Str key = name_key(arena, keys, name);
    char *bytes = malloc(key.size + 1);
    if (bytes) {
        memcpy(bytes, key.at, key.size + 1);
        *size = key.size;
    }
    return bytes;
}

char *relato_name_key(const RelatoKnowledge *knowledge, RelatoString name, size_t *size)
{
    NameKeys keys = keys_open(&knowledge->languages[0].lexicon);
    jmp_buf escape;
    Arena arena;
    arena_init(&arena, 0, &escape);
    char *bytes = key_guarded(&arena, &escape, &keys, name, size);
    arena_free(&arena);
    return bytes;
}

bool relato_name_keys_match(RelatoString a, RelatoString b)
{
    return name_keys_match(a, b);
}
