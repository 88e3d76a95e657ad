/* MinHash signatures of texts. */
#include "archive/similar.h"

#include "archive/hash.h"
#include "core/utf8.h"

enum { SHINGLE_WORDS = 3, FEWEST_SHINGLES = 20 };

/* The last words of a text as it is read. */
typedef struct Shingler {
    Signature *signature;
    uint64_t words[SHINGLE_WORDS]; /* a ring */
    size_t count;
    uint64_t word; /* hash of the word that is being read; 0: none */
} Shingler;

static void add_shingle(Signature *signature, uint64_t shingle)
{
    signature->shingles++;
    for (uint64_t i = 0; i < SIGNATURE_VALUES; i++) {
        uint32_t value = (uint32_t)(hash_mix(shingle + i * 0x9E3779B97F4A7C15u) >> 32);
        if (value < signature->minima[i])
            signature->minima[i] = value;
    }
}

static void end_word(Shingler *shingler)
{
    if (!shingler->word)
        return;
    shingler->words[shingler->count++ % SHINGLE_WORDS] = shingler->word;
    shingler->word = 0;
    uint64_t shingle = 0;
    for (size_t i = 0; i < SHINGLE_WORDS; i++)
        shingle = hash_mix(shingle + shingler->words[(shingler->count + i) % SHINGLE_WORDS]);
    if (shingler->count >= SHINGLE_WORDS)
        add_shingle(shingler->signature, shingle);
}

Signature signature_of(Arena *arena, Str text)
{
    Signature signature = { 0 };
    memset(signature.minima, 0xFF, sizeof signature.minima);
    Shingler shingler = { .signature = &signature };
    Str bare = utf8_strip_accents(arena, utf8_fold(arena, text));
    for (size_t at = 0; at < bare.size;) {
        uint32_t c = utf8_next(bare, &at);
        if (u_isalnum((UChar32)c))
            shingler.word = hash_mix(shingler.word + c + 1);
        else
            end_word(&shingler);
    }
    end_word(&shingler);
    return signature;
}

uint64_t signature_band(const Signature *signature, size_t band)
{
    uint64_t pair = (uint64_t)signature->minima[2 * band] << 32 | signature->minima[2 * band + 1];
    return hash_mix(pair + band);
}

bool signatures_alike(const Signature *a, const Signature *b, double *resemblance)
{
    unsigned equal = 0;
    for (size_t i = 0; i < SIGNATURE_VALUES; i++)
        equal += a->minima[i] == b->minima[i];
    double jaccard = (double)equal / SIGNATURE_VALUES;
    if (resemblance)
        *resemblance = jaccard;
    uint32_t shorter = a->shingles < b->shingles ? a->shingles : b->shingles;
    if (shorter < FEWEST_SHINGLES)
        return false;
    double common = jaccard / (1 + jaccard) * ((double)a->shingles + b->shingles);
    return jaccard >= 0.5 || (jaccard >= 0.3 && common >= 0.8 * shorter);
}

void signature_write(const Signature *signature, unsigned char *bytes)
{
    bytes = hash_put(bytes, signature->shingles, 4);
    for (size_t i = 0; i < SIGNATURE_VALUES; i++)
        bytes = hash_put(bytes, signature->minima[i], 4);
}

Signature signature_read(const unsigned char *bytes)
{
    Signature signature;
    signature.shingles = (uint32_t)hash_get(&bytes, 4);
    for (size_t i = 0; i < SIGNATURE_VALUES; i++)
        signature.minima[i] = (uint32_t)hash_get(&bytes, 4);
    return signature;
}
