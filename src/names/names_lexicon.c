#include "names/names_lexicon.h"

#include "core/utf8.h"

#include <stdlib.h>

#include "core/date.h"
#include "names/atoms.h"

enum {
    COLUMN_ID,
    COLUMN_TYPE,
    COLUMN_KIND,
    COLUMN_COUNTRY,
    COLUMN_SECTOR,
    COLUMN_OFFICE,
    COLUMN_OF,
    COLUMN_SINCE,
    COLUMN_UNTIL,
    COLUMN_IS,
    COLUMN_ANY,
    COLUMN_LANGUAGES /* then for each language its names and its adjectives */
};

static const char *const fixed_columns[COLUMN_LANGUAGES] = {
    "id", "type", "kind", "country", "sector", "office", "of", "since", "until", "is", "any",
};

static const char *const type_names[] = { "person", "organisation", "place", "group", NULL };

static const char *const kind_names[KIND_COUNT + 1] = {
    "",       "country", "territory", "former", "breakaway",  "capital",  "city",  "region", "continent", "area",
    "water",  "seat",    "igo",       "ngo",    "government", "military", "party", "armed",  "court",     "parliament",
    "police", "outlet",  "company",   "union",  "other",      "people",   "bloc",  "leader", NULL,
};

static const char *const sector_names[] = {
    "",    "GOV", "MIL", "COP", "JUD", "LEG", "PTY", "OPP", "REB", "PRM", "SPY", "UAF", "CVL", "REF",
    "CRM", "BUS", "LAB", "AGR", "EDU", "MED", "JRN", "REL", "SOC", "ELI", "PRE", "UNK", NULL,
};

static const char *const office_names[] = {
    "", "head-of-state", "head-of-government", "foreign-minister", "leader", "any", NULL
};

/* PLOVER's codes for what belongs to no state. */
static const char *const stateless[] = { "", "UNO", "EUR", "IGO", "NGO", "ISM", "IMG", "MNC", NULL };

/* ---- building --------------------------------------------------------------- */

/* A string that builder_string put into the pool. */
static Str pool_string(const LexiconBuilder *builder, uint32_t offset)
{
    uint32_t size;
    memcpy(&size, builder->pool.bytes + offset, sizeof size);
    return (Str){ builder->pool.bytes + offset + sizeof size, size };
}

/* A name in the making: one form at one node. */
typedef struct Placed {
    uint32_t node;
    NameForm form;
} Placed;

typedef struct Making {
    LexiconBuilder *builder;
    size_t names_column; /* of the builder's language; its adjectives stand in the next */
    Table ids;           /* id -> 1 + entry */
    struct {
        NameEntry *items;
        size_t count, capacity;
    } entries;
    struct {
        NameTerm *items;
        size_t count, capacity;
    } terms;
    struct {
        Placed *items;
        size_t count, capacity;
    } placed;
    struct {
        NameEdge *items;
        size_t count, capacity;
    } edges;     /* edge k leads to node k + 1 */
    Table steps; /* bytes of (node, word) -> 1 + edge */
} Making;

static int position(Str name, const char *const *names)
{
    for (int i = 0; names[i]; i++)
        if (str_equal(name, str_of(names[i])))
            return i;
    return -1;
}

/* Position of the cell in `names`; 0 and a complaint if it is not there. */
static int checked(Making *making, const TsvRow *row, int column, const char *const *names)
{
    int found = position(row->cells[column], names);
    if (found < 0)
        complain(&making->builder->complaints, row->file, row->line, "unknown %s \"%.*s\"", fixed_columns[column],
                 STR_ARGUMENTS(row->cells[column]));
    return found < 0 ? 0 : found;
}

/* First or last day that a date cell can mean: "2004-03-09", "2004-03", "2004". */
static int32_t day_of(Making *making, const TsvRow *row, int column, bool last)
{
    Str cell = row->cells[column];
    Date date;
    char whole[16];
    if (cell.size == 0)
        return last ? INT32_MAX : INT32_MIN;
    snprintf(whole, sizeof whole, "%.*s%s", (int)(cell.size > 10 ? 10 : cell.size), cell.at,
             cell.size == 4   ? (last ? "-12-31" : "-01-01")
             : cell.size == 7 ? "-01"
                              : "");
    if (cell.size > 10 || !date_parse(str_of(whole), &date)) {
        complain(&making->builder->complaints, row->file, row->line,
                 "\"%.*s\" is no date such as 2004-03-09, 2004-03 or 2004", STR_ARGUMENTS(cell));
        return last ? INT32_MAX : INT32_MIN;
    }
    if (last && cell.size == 7)
        date.day = date_month_days(date.year, date.month);
    return (int32_t)date_to_days(date);
}

static uint32_t node_behind(Making *making, uint32_t node, uint32_t word)
{
    uint32_t step[2] = { node, word };
    bool added;
    uint32_t *edge =
        table_put(&making->steps, str_copy(making->builder->arena, (Str){ (const char *)step, sizeof step }), &added);
    if (added) {
        NameEdge *fresh = ARENA_PUSH(making->builder->arena, &making->edges);
        *fresh = (NameEdge){ .node = node, .word = word, .next = (uint32_t)making->edges.count };
        *edge = fresh->next;
    }
    return *edge;
}

static void add_form(Making *making, const TsvRow *row, Str form, uint32_t entry, NameFormKind kind)
{
    uint32_t node = 0;
    Str atom;
    for (size_t at = 0; atom_next(form, &at, &atom);)
        node = node_behind(making, node, builder_word(making->builder, atom_plain(atom)));
    if (node == 0) {
        complain(&making->builder->complaints, row->file, row->line, "a name without letters");
        return;
    }
    NameForm made = { entry, builder_string(making->builder, form), kind };
    for (size_t i = making->placed.count; i-- > 0 && making->placed.items[i].form.entry == entry;)
        if (making->placed.items[i].node == node && making->placed.items[i].form.form == made.form &&
            making->placed.items[i].form.kind == (uint32_t)kind)
            return;
    *ARENA_PUSH(making->builder->arena, &making->placed) = (Placed){ node, made };
}

/* Names of persons without their accents, as English writes many of them. */
static void add_bare_forms(Making *making, const TsvRow *row, uint32_t entry)
{
    size_t count;
    Str *values = builder_values(making->builder, row, COLUMN_ANY, &count);
    for (size_t i = 0; i < count; i++) {
        Str bare = utf8_strip_accents(making->builder->arena, values[i]);
        if (!str_equal(bare, values[i]))
            add_form(making, row, bare, entry, FORM_NAME);
    }
}

static void add_forms(Making *making, const TsvRow *row, size_t column, uint32_t entry, NameFormKind kind)
{
    size_t count;
    Str *values = builder_values(making->builder, row, column, &count);
    for (size_t i = 0; i < count; i++)
        add_form(making, row, values[i], entry, kind);
    if (count && kind == FORM_NAME)
        making->entries.items[entry].name = builder_string(making->builder, values[0]);
}

static void add_term(Making *making, const TsvRow *row, NameEntry *entry)
{
    int office = position(row->cells[COLUMN_OFFICE], office_names);
    NameTerm term = { .since = day_of(making, row, COLUMN_SINCE, false),
                      .until = day_of(making, row, COLUMN_UNTIL, true),
                      .country = builder_string(making->builder, row->cells[COLUMN_COUNTRY]),
                      .sector = builder_string(making->builder, row->cells[COLUMN_SECTOR]),
                      .offices = office < 0 ? 0 : 1u << office & ~1u,
                      .file = builder_string(making->builder, str_of(row->file)),
                      .line = (uint32_t)row->line };
    if (term.since > term.until)
        complain(&making->builder->complaints, row->file, row->line, "the term ends before it begins");
    *ARENA_PUSH(making->builder->arena, &making->terms) = term;
    entry->term_count++;
}

/* Finds where a place is, by its names in all languages. */
static PlacePoint locate(Making *making, const TsvRow *row, const NameEntry *entry)
{
    LexiconBuilder *builder = making->builder;
    bool state = entry->kind == KIND_COUNTRY || entry->kind == KIND_TERRITORY;
    bool division = entry->kind == KIND_REGION || entry->kind == KIND_BREAKAWAY;
    const GazetteerPlace *place = NULL;
    struct {
        Str *items;
        size_t count, capacity;
    } names = { 0 };
    if (!builder->gazetteer || (!state && !division && entry->kind != KIND_CITY && entry->kind != KIND_CAPITAL))
        return (PlacePoint){ 0 };
    for (size_t column = COLUMN_ANY; column < COLUMN_LANGUAGES + 2 * builder->language_count;
         column += column == COLUMN_ANY ? COLUMN_LANGUAGES - COLUMN_ANY : 2) {
        size_t count;
        Str *values = builder_values(builder, row, column, &count);
        for (size_t i = 0; i < count; i++)
            *ARENA_PUSH(builder->arena, &names) = values[i];
    }
    if (state)
        place = gazetteer_country(builder->gazetteer, row->cells[COLUMN_ID]);
    else
        place = gazetteer_link(builder->gazetteer, builder->arena, names.items, names.count, row->cells[COLUMN_COUNTRY],
                               division);
    return place ? place->point : (PlacePoint){ 0 };
}

static void add_row(Making *making, const TsvRow *row)
{
    LexiconBuilder *builder = making->builder;
    Str id = row->cells[COLUMN_ID];
    bool added;
    if (id.size == 0) {
        complain(&builder->complaints, row->file, row->line, "a row without id");
        return;
    }
    uint32_t *known = table_put(&making->ids, id, &added);
    if (added) {
        NameEntry *entry = ARENA_PUSH(builder->arena, &making->entries);
        *known = (uint32_t)making->entries.count;
        *entry = (NameEntry){ .id = builder_string(builder, id),
                              .is = builder_string(builder, row->cells[COLUMN_IS].size ? row->cells[COLUMN_IS] : id),
                              .country = builder_string(builder, row->cells[COLUMN_COUNTRY]),
                              .sector = builder_string(builder, row->cells[COLUMN_SECTOR]),
                              .name = builder_string(builder, (Str){ NULL, 0 }),
                              .type = (uint8_t)checked(making, row, COLUMN_TYPE, type_names),
                              .kind = (uint8_t)checked(making, row, COLUMN_KIND, kind_names),
                              .first_term = (uint32_t)making->terms.count };
    }
    uint32_t index = *known - 1;
    NameEntry *entry = &making->entries.items[index];
    if (!added && (entry->type != RELATO_PERSON || entry->first_term + entry->term_count != making->terms.count)) {
        complain(&builder->complaints, row->file, row->line, "id \"%.*s\" is there twice%s", STR_ARGUMENTS(id),
                 entry->type == RELATO_PERSON ? "; the terms of a person must follow each other" : "");
        return;
    }
    checked(making, row, COLUMN_SECTOR, sector_names);
    checked(making, row, COLUMN_OFFICE, office_names);
    add_term(making, row, entry);
    if (entry->type == RELATO_PLACE)
        entry->point = locate(making, row, entry);
    add_forms(making, row, COLUMN_ANY, index, FORM_NAME);
    add_forms(making, row, making->names_column, index, FORM_NAME);
    if (entry->type == RELATO_PERSON)
        add_bare_forms(making, row, index);
    add_forms(making, row, making->names_column + 1, index, FORM_ADJECTIVE);
}

/* An entry that a row leans on must be there, but a user's file may have taken it out. */
static void check_entry(Making *making, const TsvRow *row, size_t column)
{
    Str id = row->cells[column];
    if (id.size && !table_find(&making->ids, id) && making->builder->folder_count == 1)
        complain(&making->builder->complaints, row->file, row->line, "%s: there is no entry \"%.*s\"",
                 fixed_columns[column], STR_ARGUMENTS(id));
}

/* Countries must be countries of the lexicon, `of` and `is` entries of it. */
static void check_row(Making *making, const TsvRow *row)
{
    Str country = row->cells[COLUMN_COUNTRY];
    uint32_t *entry = table_find(&making->ids, country);
    bool state = entry && making->entries.items[*entry - 1].type == RELATO_PLACE && country.size == 3;
    if (!state && position(country, stateless) < 0)
        complain(&making->builder->complaints, row->file, row->line, "unknown country \"%.*s\"",
                 STR_ARGUMENTS(country));
    check_entry(making, row, COLUMN_OF);
    check_entry(making, row, COLUMN_IS);
}

/* ---- the sections ------------------------------------------------------------ */

static int by_node(const void *a, const void *b)
{
    const Placed *x = a, *y = b;
    if (x->node != y->node)
        return x->node < y->node ? -1 : 1;
    return (x->form.entry > y->form.entry) - (x->form.entry < y->form.entry);
}

static void write_forms(Making *making)
{
    LexiconBuilder *builder = making->builder;
    size_t count = making->placed.count, node_count = making->edges.count + 1;
    NameForm *forms = ARENA_ARRAY(builder->arena, NameForm, count);
    NameNode *nodes = ARENA_ARRAY(builder->arena, NameNode, node_count);
    if (count)
        qsort(making->placed.items, count, sizeof *making->placed.items, by_node);
    for (size_t i = 0; i < count; i++) {
        NameNode *node = &nodes[making->placed.items[i].node];
        if (node->form_count++ == 0)
            node->first_form = (uint32_t)i;
        forms[i] = making->placed.items[i].form;
    }
    builder_section(builder, "name.forms", forms, count * sizeof *forms);
    builder_section(builder, "name.nodes", nodes, node_count * sizeof *nodes);
}

static uint32_t edge_hash(uint32_t node, uint32_t word)
{
    uint32_t hash = node * 2654435761u ^ word * 2246822519u;
    return hash ^ hash >> 15;
}

static void write_edges(Making *making)
{
    LexiconBuilder *builder = making->builder;
    size_t root_count = builder->words.count + 1, slots = 16;
    while (slots < 2 * making->edges.count)
        slots *= 2;
    uint32_t *roots = ARENA_ARRAY(builder->arena, uint32_t, root_count);
    NameEdge *table = ARENA_ARRAY(builder->arena, NameEdge, slots);
    for (size_t i = 0; i < making->edges.count; i++) {
        NameEdge edge = making->edges.items[i];
        if (edge.node == 0) {
            roots[edge.word] = edge.next;
            continue;
        }
        size_t at = edge_hash(edge.node, edge.word) & (slots - 1);
        while (table[at].next)
            at = (at + 1) & (slots - 1);
        table[at] = edge;
    }
    builder_section(builder, "name.roots", roots, root_count * sizeof *roots);
    builder_section(builder, "name.edges", table, slots * sizeof *table);
}

/* ---- heads and persons' names ------------------------------------------------- */

static const char *const use_names[] = {
    "title",   "name", "last",    "before",     "locative", "link", "organisation-link",
    "mention", "none", "article", "government", NULL
};

/* The offices that the word of a row can mean. */
static uint8_t offices_of(Making *making, const TsvRow *row)
{
    size_t count;
    uint8_t offices = 0;
    Str *values = builder_values(making->builder, row, 4, &count);
    for (size_t i = 0; i < count; i++) {
        int office = position(values[i], office_names);
        if (office < 0)
            complain(&making->builder->complaints, row->file, row->line, "unknown office \"%.*s\"",
                     STR_ARGUMENTS(values[i]));
        else
            offices |= (uint8_t)(1u << office & ~1u);
    }
    return offices;
}

static void compile_heads(Making *making)
{
    static const char *const columns[] = { "form", "type", "sector", "use", "office" };
    LexiconBuilder *builder = making->builder;
    TsvTable rows = builder_read(builder, "*/heads.tsv", columns, 5, 0);
    NameHead *heads = ARENA_ARRAY(builder->arena, NameHead, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        const TsvRow *row = &rows.items[i];
        size_t use_count, form_count;
        Str *uses = builder_values(builder, row, 3, &use_count), *forms = builder_values(builder, row, 0, &form_count);
        int type = row->cells[1].size ? position(row->cells[1], type_names) : 0,
            sector = position(row->cells[2], sector_names);
        for (size_t u = 0; u < use_count; u++) {
            int use = position(uses[u], use_names);
            heads[i].uses |= (uint16_t)(use < 0 ? 0 : 1u << use);
            if (use < 0)
                complain(&builder->complaints, row->file, row->line, "unknown use \"%.*s\"", STR_ARGUMENTS(uses[u]));
        }
        heads[i].offices = offices_of(making, row);
        heads[i].file = builder_string(builder, str_of(row->file));
        heads[i].line = (uint32_t)row->line;
        if (type < 0 || sector < 0)
            complain(&builder->complaints, row->file, row->line, "unknown type or sector");
        heads[i].type = (uint8_t)(type < 0 ? 0 : type);
        heads[i].sector = builder_string(builder, row->cells[2]);
        for (size_t f = 0; f < form_count; f++) {
            if (heads[i].uses & ~HEAD_MENTION)
                add_form(making, row, forms[f], (uint32_t)i, FORM_HEAD);
            if (heads[i].uses & HEAD_MENTION)
                add_form(making, row, forms[f], (uint32_t)i, FORM_MENTION);
        }
    }
    builder_section(builder, "name.heads", heads, rows.count * sizeof *heads);
}

/* Marks the first and the last word of a person's full name. */
static void mark_person(LexiconBuilder *builder, Str name, uint8_t *persons)
{
    Str atom, first = { NULL, 0 }, last = { NULL, 0 };
    for (size_t at = 0; atom_next(name, &at, &atom);) {
        first = first.at ? first : atom;
        last = atom;
    }
    if (first.at == last.at)
        return;
    if (first.size > 2)
        persons[builder_word(builder, first)] |= PERSON_GIVEN;
    if (last.size > 2)
        persons[builder_word(builder, last)] |= PERSON_FAMILY;
}

/* Given names: those of lexicon/names, and those of all persons in world/. */
static void compile_persons(Making *making)
{
    static const char *const columns[] = { "form", "note" };
    LexiconBuilder *builder = making->builder;
    TsvTable rows = builder_read(builder, "names", columns, 2, RELATO_NONE);
    for (size_t i = 0; i < rows.count; i++) {
        size_t count;
        Str *names = builder_values(builder, &rows.items[i], 0, &count);
        for (size_t n = 0; n < count; n++)
            builder_word(builder, names[n]);
    }
    uint8_t *persons = ARENA_ARRAY(builder->arena, uint8_t, builder->words.count + 1);
    for (size_t i = 0; i < rows.count; i++) {
        size_t count;
        Str *names = builder_values(builder, &rows.items[i], 0, &count);
        for (size_t n = 0; n < count; n++)
            persons[builder_word(builder, names[n])] |= PERSON_GIVEN;
    }
    for (size_t i = 0; i < making->placed.count; i++) {
        const NameForm *form = &making->placed.items[i].form;
        if (form->kind == FORM_NAME && making->entries.items[form->entry].type == RELATO_PERSON)
            mark_person(builder, pool_string(builder, form->form), persons);
    }
    builder_section(builder, "name.persons", persons, builder->words.count + 1);
}

/* The columns of world/: the fixed ones and two for each language. */
static const char **all_columns(Making *making, size_t *count)
{
    LexiconBuilder *builder = making->builder;
    const char **columns = ARENA_ARRAY(builder->arena, const char *, COLUMN_LANGUAGES + 2 * builder->language_count);
    memcpy(columns, fixed_columns, sizeof fixed_columns);
    *count = COLUMN_LANGUAGES;
    for (size_t i = 0; i < builder->language_count; i++) {
        if (str_equal(builder->languages[i], builder->language))
            making->names_column = *count;
        columns[(*count)++] = builder->languages[i].at;
        columns[(*count)++] = str_join(builder->arena, STR("adjective_"), builder->languages[i]).at;
    }
    return columns;
}

void names_compile(LexiconBuilder *builder)
{
    Making making = { .builder = builder };
    size_t column_count;
    const char **columns = all_columns(&making, &column_count);
    table_init(&making.ids, builder->arena);
    table_init(&making.steps, builder->arena);
    TsvTable rows = builder_read(builder, "world", columns, column_count, COLUMN_ID);
    for (size_t i = 0; i < rows.count; i++)
        add_row(&making, &rows.items[i]);
    for (size_t i = 0; i < rows.count; i++)
        check_row(&making, &rows.items[i]);
    builder_section(builder, "name.entries", making.entries.items, making.entries.count * sizeof *making.entries.items);
    builder_section(builder, "name.terms", making.terms.items, making.terms.count * sizeof *making.terms.items);
    compile_heads(&making);
    compile_persons(&making);
    write_forms(&making);
    write_edges(&making);
}

/* ---- reading it ---------------------------------------------------------------- */

Names names_open(const Lexicon *lexicon)
{
    Names names = { .lexicon = lexicon };
    names.entries = lexicon_section(lexicon, "name.entries", sizeof *names.entries, &names.entry_count);
    names.terms = lexicon_section(lexicon, "name.terms", sizeof *names.terms, &names.term_count);
    names.forms = lexicon_section(lexicon, "name.forms", sizeof *names.forms, &names.form_count);
    names.nodes = lexicon_section(lexicon, "name.nodes", sizeof *names.nodes, &names.node_count);
    names.edges = lexicon_section(lexicon, "name.edges", sizeof *names.edges, &names.edge_slots);
    names.heads = lexicon_section(lexicon, "name.heads", sizeof *names.heads, &names.head_count);
    names.persons = lexicon_section(lexicon, "name.persons", sizeof *names.persons, &names.person_count);
    names.roots = lexicon_section(lexicon, "name.roots", sizeof *names.roots, &names.root_count);
    return names;
}

uint32_t names_step(const Names *names, uint32_t node, uint32_t word)
{
    if (node == 0)
        return word < names->root_count ? names->roots[word] : 0;
    if (word == 0)
        return 0;
    size_t mask = names->edge_slots - 1;
    for (size_t i = edge_hash(node, word) & mask; names->edges[i].next; i = (i + 1) & mask)
        if (names->edges[i].node == node && names->edges[i].word == word)
            return names->edges[i].next;
    return 0;
}
