/* Who an entity is. */
#include "archive/identity.h"

static bool is_country(const Entity *entity)
{
    return entity->known.size == 3 && str_equal(entity->known, entity->country);
}

/* Codes that are no state's: what belongs to them works everywhere. */
static bool is_stateless(Str country)
{
    static const char *const codes[] = { "UNO", "EUR", "IGO", "NGO", "MNC" };
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (str_equal(country, str_of(codes[i])))
            return true;
    return false;
}

static IdentityReach reach_of(const Entity *entity)
{
    if (!entity->named)
        return IDENTITY_UNNAMED;
    if (is_country(entity) || str_equal(entity->sector, STR("JRN")))
        return entity->type == RELATO_PERSON ? IDENTITY_SPECIFIC : IDENTITY_BROAD;
    if (entity->type == RELATO_PLACE)
        return IDENTITY_PLACE;
    return entity->type == RELATO_ORGANISATION && is_stateless(entity->country) ? IDENTITY_BROAD : IDENTITY_SPECIFIC;
}

static size_t word_count(Str key)
{
    size_t count = key.size > 0;
    for (size_t i = 0; i < key.size; i++)
        count += key.at[i] == ' ';
    return count;
}

/* By the name alone. A person of one word is too many people's without a country. */
static Identity by_name(Arena *arena, const NameKeys *keys, const Entity *entity, IdentityReach reach)
{
    Str key = name_key(arena, keys, entity->name);
    if (key.size == 0 || (entity->type == RELATO_PERSON && word_count(key) < 2 && entity->country.size == 0))
        return (Identity){ .reach = IDENTITY_UNNAMED };
    return (Identity){ str_join(arena, STR("="), key), entity->country, false, reach };
}

Identity identity_of(Arena *arena, const NameKeys *keys, const Entity *entity)
{
    IdentityReach reach = reach_of(entity);
    if (reach == IDENTITY_UNNAMED)
        return (Identity){ .reach = reach };
    if (is_country(entity))
        return (Identity){ entity->known, { NULL, 0 }, true, reach };
    if (entity->type == RELATO_PLACE && entity->geonames)
        return (Identity){ str_format(arena, "g%u", entity->geonames), { NULL, 0 }, true, reach };
    if (entity->known.size == 0)
        return by_name(arena, keys, entity, reach);
    /* Bodies that many states have under one name stand once in the lexicon. */
    if (entity->type == RELATO_ORGANISATION && entity->country.size)
        return (Identity){ str_format(arena, "%.*s %.*s", STR_ARGUMENTS(entity->known), STR_ARGUMENTS(entity->country)),
                           { NULL, 0 },
                           true,
                           reach };
    return (Identity){ entity->known, { NULL, 0 }, true, reach };
}

/* True if the words of a name stand at the beginning of the other: a second family
 * name is often left out. One word is too little. */
static bool goes_on(Str shorter, Str longer)
{
    return longer.size > shorter.size && longer.at[shorter.size] == ' ' && str_starts(longer, shorter) &&
           word_count(shorter) >= 2;
}

bool identities_match(const Identity *a, const Identity *b)
{
    if (a->key.size == 0 || b->key.size == 0 || a->exact != b->exact)
        return false;
    if (a->exact)
        return str_equal(a->key, b->key);
    if (a->country.size && b->country.size && !str_equal(a->country, b->country))
        return false;
    return name_keys_match(a->key, b->key) || goes_on(a->key, b->key) || goes_on(b->key, a->key);
}
