/* Hashes of 64 bits and numbers in stored bytes: the same on every machine, since
 * archives hold them. */
#ifndef RELATO_ARCHIVE_HASH_H
#define RELATO_ARCHIVE_HASH_H

#include "core/str.h"

/* Mixes all bits of x (the finaliser of SplitMix64). */
static inline uint64_t hash_mix(uint64_t x)
{
    x ^= x >> 30;
    x *= 0xBF58476D1CE4E5B9u;
    x ^= x >> 27;
    x *= 0x94D049BB133111EBu;
    return x ^ x >> 31;
}

/* FNV-1a of 64 bits, mixed; never 0. */
static inline uint64_t hash_str(Str s)
{
    uint64_t hash = 0xCBF29CE484222325u;
    for (size_t i = 0; i < s.size; i++)
        hash = (hash ^ (unsigned char)s.at[i]) * 0x100000001B3u;
    hash = hash_mix(hash);
    return hash ? hash : 1;
}

/* Writes `size` bytes of `value`, the lowest first; returns where the next goes. */
static inline unsigned char *hash_put(unsigned char *bytes, uint64_t value, size_t size)
{
    for (size_t i = 0; i < size; i++)
        *bytes++ = (unsigned char)(value >> 8 * i);
    return bytes;
}

/* Reads what hash_put wrote and moves *bytes behind it. */
static inline uint64_t hash_get(const unsigned char **bytes, size_t size)
{
    uint64_t value = 0;
    for (size_t i = 0; i < size; i++)
        value |= (uint64_t) * (*bytes)++ << 8 * i;
    return value;
}

#endif
