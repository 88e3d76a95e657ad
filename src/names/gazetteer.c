#include "names/gazetteer.h"

#include <math.h>
#include <stdlib.h>

#include "core/utf8.h"
#include "language/builder.h"
#include "names/atoms.h"

#define GAZETTEER_MAGIC "RELATOGZ"
enum { GAZETTEER_VERSION = 1 };

enum { DEGREE = 100000, SHORTEST_NAME = 3 };

/* In lists: the name is not the usual one of the place. */
#define OTHER_NAME 0x80000000u

/* A name as it is looked up: its letters and digits, folded and without accents,
 * one space between words. */
static Str name_key(Arena *arena, Str name)
{
    Str atom, plain = utf8_strip_accents(arena, utf8_fold(arena, name));
    char *key = arena_alloc(arena, plain.size + 1);
    size_t size = 0;
    for (size_t at = 0; atom_next(plain, &at, &atom);) {
        size_t first = 0;
        if (!u_isalnum((UChar32)utf8_next(atom, &first)))
            continue;
        if (size)
            key[size++] = ' ';
        memcpy(key + size, atom.at, atom.size);
        size += atom.size;
    }
    key[size] = '\0';
    return (Str){ key, size };
}

/* ---- compiling --------------------------------------------------------------- */

enum {
    COLUMN_GEONAMES,
    COLUMN_KIND,
    COLUMN_COUNTRY,
    COLUMN_LATITUDE,
    COLUMN_LONGITUDE,
    COLUMN_POPULATION,
    COLUMN_NAME,
    COLUMN_OTHER,
    COLUMN_COUNT
};

static const char *const columns[COLUMN_COUNT] = {
    "geonames", "kind", "country", "latitude", "longitude", "population", "name", "other",
};

static const char *const kind_names[] = { "", "seat", "capital", "division", "country" };

/* A place in the making, and a name of one. */
typedef struct Placed {
    GazetteerPlace place;
    const TsvRow *row;
} Placed;

typedef struct Named {
    Str key;
    uint32_t place;
    bool other;
} Named;

typedef struct Making {
    LexiconBuilder *builder;
    Placed *places;
    size_t place_count;
    struct {
        Named *items;
        size_t count, capacity;
    } names;
} Making;

static bool parse_count(Str cell, uint32_t *value)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < cell.size; i++) {
        if (cell.at[i] < '0' || cell.at[i] > '9' || sum > UINT32_MAX / 10)
            return false;
        sum = 10 * sum + (uint64_t)(cell.at[i] - '0');
    }
    *value = (uint32_t)sum;
    return sum <= UINT32_MAX;
}

/* "-12.345" in hundred-thousandths; further digits are dropped. */
static bool parse_degrees(Str cell, int32_t most, int32_t *value)
{
    bool minus = cell.size && cell.at[0] == '-';
    Str rest = str_slice(cell, minus, cell.size), whole = str_cut(&rest, '.');
    uint32_t degrees, part = 0;
    char digits[] = "00000";
    if (rest.at)
        memcpy(digits, rest.at, rest.size < 5 ? rest.size : 5);
    if (whole.size == 0 || !parse_count(whole, &degrees) || !parse_count(str_of(digits), &part) ||
        degrees > (uint32_t)most)
        return false;
    *value = (int32_t)(degrees * DEGREE + part) * (minus ? -1 : 1);
    return *value <= most * DEGREE && *value >= -most * DEGREE;
}

static bool read_place(Making *making, const TsvRow *row, GazetteerPlace *place)
{
    Complaints *complaints = &making->builder->complaints;
    size_t kind = 0;
    while (kind < sizeof kind_names / sizeof *kind_names &&
           !str_equal(row->cells[COLUMN_KIND], str_of(kind_names[kind])))
        kind++;
    if (kind == sizeof kind_names / sizeof *kind_names || row->cells[COLUMN_COUNTRY].size != 3) {
        complain(complaints, row->file, row->line, "unknown kind, or a country that is no alpha-3 code");
        return false;
    }
    *place = (GazetteerPlace){ .kind = (uint32_t)kind, .point.known = 1 };
    memcpy(place->country, row->cells[COLUMN_COUNTRY].at, 3);
    if (!parse_count(row->cells[COLUMN_GEONAMES], &place->point.geonames) ||
        !parse_count(row->cells[COLUMN_POPULATION], &place->population) ||
        !parse_degrees(row->cells[COLUMN_LATITUDE], 90, &place->point.latitude) ||
        !parse_degrees(row->cells[COLUMN_LONGITUDE], 180, &place->point.longitude)) {
        complain(complaints, row->file, row->line, "a number that is none");
        return false;
    }
    return true;
}

/* Countries first, by code; then the largest first, of equals the town before
 * the division that is named after it. */
static int by_rank(const void *a, const void *b)
{
    const GazetteerPlace *x = &((const Placed *)a)->place, *y = &((const Placed *)b)->place;
    if ((x->kind == PLACE_COUNTRY) != (y->kind == PLACE_COUNTRY))
        return x->kind == PLACE_COUNTRY ? -1 : 1;
    if (x->kind == PLACE_COUNTRY)
        return memcmp(x->country, y->country, sizeof x->country);
    if (x->population != y->population)
        return x->population > y->population ? -1 : 1;
    if ((x->kind == PLACE_DIVISION) != (y->kind == PLACE_DIVISION))
        return x->kind == PLACE_DIVISION ? 1 : -1;
    return (x->point.geonames > y->point.geonames) - (x->point.geonames < y->point.geonames);
}

static int by_key(const void *a, const void *b)
{
    const Named *x = a, *y = b;
    int order = str_compare(x->key, y->key);
    if (order || x->place != y->place)
        return order ? order : x->place < y->place ? -1 : 1;
    return x->other - y->other;
}

static void read_places(Making *making)
{
    LexiconBuilder *builder = making->builder;
    TsvTable rows = builder_read(builder, "gazetteer", columns, COLUMN_COUNT, RELATO_NONE);
    making->places = ARENA_ARRAY(builder->arena, Placed, rows.count + 1);
    for (size_t i = 0; i < rows.count; i++) {
        Placed *placed = &making->places[making->place_count];
        placed->row = &rows.items[i];
        making->place_count += read_place(making, placed->row, &placed->place);
    }
    qsort(making->places, making->place_count, sizeof *making->places, by_rank);
}

static void read_cell(Making *making, size_t place, size_t column)
{
    LexiconBuilder *builder = making->builder;
    size_t count;
    Str *values = builder_values(builder, making->places[place].row, column, &count);
    for (size_t i = 0; i < count; i++) {
        Str key = name_key(builder->arena, values[i]);
        if (utf8_length(key) >= SHORTEST_NAME)
            *ARENA_PUSH(builder->arena, &making->names) = (Named){ key, (uint32_t)place, column == COLUMN_OTHER };
    }
}

/* The names of all places but countries, which the lexicon has. */
static void read_names(Making *making)
{
    for (size_t i = 0; i < making->place_count; i++)
        if (making->places[i].place.kind != PLACE_COUNTRY) {
            read_cell(making, i, COLUMN_NAME);
            read_cell(making, i, COLUMN_OTHER);
        }
    if (making->names.count)
        qsort(making->names.items, making->names.count, sizeof *making->names.items, by_key);
}

static void put_slot(GazetteerSlot *slots, size_t mask, GazetteerSlot slot)
{
    size_t i = slot.hash & mask;
    while (slots[i].count)
        i = (i + 1) & mask;
    slots[i] = slot;
}

/* Fills slots and lists; each name goes once into the pool. */
static void write_names(Making *making, GazetteerHeader *header, GazetteerSlot *slots, uint32_t *lists, Buffer *pool)
{
    const Named *names = making->names.items;
    for (size_t i = 0; i < making->names.count;) {
        size_t end = i;
        GazetteerSlot slot = { str_hash(names[i].key), (uint32_t)pool->size, header->list_count, 0 };
        for (; end < making->names.count && str_equal(names[end].key, names[i].key); end++)
            if (end == i || names[end].place != names[end - 1].place) {
                lists[header->list_count++] = names[end].place | (names[end].other ? OTHER_NAME : 0);
                slot.count++;
            }
        buffer_add(pool, names[i].key);
        buffer_byte(pool, '\0');
        put_slot(slots, header->slot_count - 1, slot);
        i = end;
    }
}

char *gazetteer_compile(LexiconBuilder *builder, size_t *size)
{
    Making making = { .builder = builder };
    read_places(&making);
    read_names(&making);
    GazetteerHeader header = { .magic = GAZETTEER_MAGIC,
                               .version = GAZETTEER_VERSION,
                               .slot_count = 16,
                               .place_count = (uint32_t)making.place_count };
    while (header.slot_count < 2 * making.names.count)
        header.slot_count *= 2;
    while (header.country_count < making.place_count && making.places[header.country_count].place.kind == PLACE_COUNTRY)
        header.country_count++;
    GazetteerSlot *slots = ARENA_ARRAY(builder->arena, GazetteerSlot, header.slot_count);
    uint32_t *lists = ARENA_ARRAY(builder->arena, uint32_t, making.names.count + 1);
    Buffer pool = { 0 }, image = { 0 };
    write_names(&making, &header, slots, lists, &pool);
    header.pool_size = (uint32_t)pool.size;
    buffer_add(&image, (Str){ (const char *)&header, sizeof header });
    for (size_t i = 0; i < making.place_count; i++)
        buffer_add(&image, (Str){ (const char *)&making.places[i].place, sizeof making.places[i].place });
    buffer_add(&image, (Str){ (const char *)slots, header.slot_count * sizeof *slots });
    buffer_add(&image, (Str){ (const char *)lists, header.list_count * sizeof *lists });
    buffer_add(&image, buffer_str(&pool));
    image.failed |= pool.failed;
    buffer_free(&pool);
    return buffer_take(&image, size);
}

/* ---- reading ------------------------------------------------------------------ */

bool gazetteer_open(Gazetteer *gazetteer, Str bytes, const char *path, RelatoError *error)
{
    GazetteerHeader header;
    *gazetteer = (Gazetteer){ 0 };
    if (bytes.size < sizeof header || memcmp(bytes.at, GAZETTEER_MAGIC, sizeof header.magic) != 0)
        return error_set(error, RELATO_ERROR_LEXICON, 0, SIZE_MAX, "%s is no compiled gazetteer", path);
    memcpy(&header, bytes.at, sizeof header);
    if (header.version != GAZETTEER_VERSION)
        return error_set(error, RELATO_ERROR_LEXICON, 0, SIZE_MAX,
                         "%s was compiled by another version; compile it again", path);
    uint64_t places = (uint64_t)header.place_count * sizeof(GazetteerPlace),
             slots = (uint64_t)header.slot_count * sizeof(GazetteerSlot);
    uint64_t lists = (uint64_t)header.list_count * sizeof(uint32_t);
    if (sizeof header + places + slots + lists + header.pool_size != bytes.size ||
        header.country_count > header.place_count || header.slot_count == 0 ||
        (header.slot_count & (header.slot_count - 1)) || (header.pool_size && bytes.at[bytes.size - 1] != '\0'))
        return error_set(error, RELATO_ERROR_LEXICON, 0, SIZE_MAX, "%s is damaged; compile it again", path);
    gazetteer->header = header;
    gazetteer->places = (const void *)(bytes.at + sizeof header);
    gazetteer->slots = (const void *)(bytes.at + sizeof header + places);
    gazetteer->lists = (const void *)(bytes.at + sizeof header + places + slots);
    gazetteer->pool = bytes.at + sizeof header + places + slots + lists;
    return true;
}

GazetteerFound gazetteer_find(const Gazetteer *gazetteer, Arena *arena, Str name)
{
    const GazetteerHeader *header = &gazetteer->header;
    GazetteerFound found = { gazetteer, NULL, 0 };
    Str key = name_key(arena, name);
    uint32_t hash = str_hash(key);
    for (uint32_t step = 0; step < header->slot_count; step++) {
        const GazetteerSlot *slot = &gazetteer->slots[(hash + step) & (header->slot_count - 1)];
        if (slot->count == 0)
            break;
        if (slot->hash != hash || slot->name >= header->pool_size ||
            !str_equal(str_of(gazetteer->pool + slot->name), key))
            continue;
        if (slot->first <= header->list_count && slot->count <= header->list_count - slot->first)
            found = (GazetteerFound){ gazetteer, gazetteer->lists + slot->first, slot->count };
        break;
    }
    return found;
}

const GazetteerPlace *gazetteer_place(GazetteerFound found, size_t n, bool *usual)
{
    uint32_t place = found.list[n] & ~OTHER_NAME;
    if (usual)
        *usual = !(found.list[n] & OTHER_NAME);
    return place < found.gazetteer->header.place_count ? &found.gazetteer->places[place] : NULL;
}

const GazetteerPlace *gazetteer_country(const Gazetteer *gazetteer, Str code)
{
    for (uint32_t i = 0; i < gazetteer->header.country_count; i++)
        if (code.size == 3 && memcmp(gazetteer->places[i].country, code.at, 3) == 0)
            return &gazetteer->places[i];
    return NULL;
}

/* The name alone, without what tells it from its namesakes. */
static Str bare_name(Str name)
{
    size_t start = 0, end = 0;
    while (end < name.size && name.at[end] != ',' && name.at[end] != '(')
        end++;
    name = str_slice(name, 0, end);
    for (size_t at = 0; at < name.size;) {
        size_t next = at;
        uint32_t c = utf8_next(name, &next);
        if (u_isupper((UChar32)c) || u_istitle((UChar32)c)) {
            start = at;
            break;
        }
        at = next;
    }
    return str_slice(name, start, name.size);
}

enum { MOST_CANDIDATES = 64 };

typedef struct Candidates {
    struct {
        const GazetteerPlace *place;
        size_t names;
    } items[MOST_CANDIDATES];
    size_t count;
} Candidates;

/* Counts a name for a place; of too many candidates the later ones are left out. */
static void count_name(Candidates *candidates, const GazetteerPlace *place)
{
    size_t i = 0;
    while (i < candidates->count && candidates->items[i].place != place)
        i++;
    if (i == MOST_CANDIDATES)
        return;
    if (i == candidates->count) {
        candidates->items[candidates->count++].names = 0;
        candidates->items[i].place = place;
    }
    candidates->items[i].names++;
}

const GazetteerPlace *gazetteer_link(const Gazetteer *gazetteer, Arena *arena, const Str *names, size_t count,
                                     Str country, bool division)
{
    Candidates candidates = { .count = 0 };
    size_t best = 0;
    for (size_t n = 0; n < count; n++) {
        GazetteerFound found = gazetteer_find(gazetteer, arena, bare_name(names[n]));
        for (size_t i = 0; i < found.count; i++) {
            const GazetteerPlace *place = gazetteer_place(found, i, NULL);
            if (place && (place->kind == PLACE_DIVISION) == division && str_equal(str_of(place->country), country))
                count_name(&candidates, place);
        }
    }
    /* The places stand in order of their size: of equals the earlier. */
    for (size_t i = 1; i < candidates.count; i++)
        if (candidates.items[i].names > candidates.items[best].names ||
            (candidates.items[i].names == candidates.items[best].names &&
             candidates.items[i].place < candidates.items[best].place))
            best = i;
    return candidates.count ? candidates.items[best].place : NULL;
}

double gazetteer_distance(PlacePoint a, PlacePoint b)
{
    /* The haversine formula on a sphere of the earth's mean radius. */
    const double radius = 6371.0, radian = 3.14159265358979323846 / 180 / DEGREE;
    double north = sin((b.latitude - a.latitude) * radian / 2), east = sin((b.longitude - a.longitude) * radian / 2);
    double h = north * north + cos(a.latitude * radian) * cos(b.latitude * radian) * east * east;
    return 2 * radius * asin(sqrt(h < 1 ? h : 1));
}
