#include <stdlib.h>

#include "core/utf8.h"
#include "document/values.h"
#include "event/event_lexicon.h"
#include "event/plover.h"

enum { MOST_NESTING = 8, TYPO = 2 };

#define LIST(Type)                                                                                                     \
    struct {                                                                                                           \
        Type *items;                                                                                                   \
        size_t count, capacity;                                                                                        \
    }

/* A word class while it is read: its own forms and the classes that belong to it. */
typedef struct WordClass {
    LIST(Phrase) phrases;
    LIST(uint32_t) classes;
} WordClass;

typedef struct Compiling {
    LexiconBuilder *builder;
    const TsvRow *row; /* under way */
    PhraseTails tails;
    Table class_ids; /* name -> id */
    LIST(WordClass) classes;
    LIST(Slot) slots;
    LIST(Choice) choices;
    LIST(Condition) conditions;
    LIST(Pattern) patterns;
    LIST(Frame) frames;
    LIST(Anchor) anchors;
    LIST(Member) members;
    Table anchored;     /* anchor and conditions -> 1 + pattern, to find patterns that hide others */
    LIST(Str) elements; /* of the pattern under way, sorted */
    LIST(TsvRow) rows;  /* of the patterns */
} Compiling;

static const char *const slot_names[SLOT_KIND_COUNT] = {
    "",       "subject",  "object", "indirect",   "adjective", "possessive", "compound",
    "adverb", "particle", "clause", "infinitive", "head",      "any",
};

#define FAULT(compiling, ...)                                                                                          \
    complain(&(compiling)->builder->complaints, (compiling)->row->file, (compiling)->row->line, __VA_ARGS__)

/* ---- word classes ------------------------------------------------------------ */

static uint32_t new_class(Compiling *compiling)
{
    (void)ARENA_PUSH(compiling->builder->arena, &compiling->classes);
    return (uint32_t)(compiling->classes.count - 1);
}

static void add_form(Compiling *compiling, uint32_t class_id, Str form)
{
    Arena *arena = compiling->builder->arena;
    Phrase phrase = phrase_build(compiling->builder, &compiling->tails, form);
    *ARENA_PUSH(arena, &compiling->classes.items[class_id].phrases) = phrase;
    /* A hyphen parts tokens in some languages: the form is known both ways. */
    size_t hyphen = str_find_byte(form, '-', 1);
    if (hyphen + 1 >= form.size)
        return;
    Str parted = form;
    for (; hyphen + 1 < parted.size; hyphen = str_find_byte(parted, '-', hyphen + 2))
        parted = str_format(arena, "%.*s - %.*s", (int)hyphen, parted.at, (int)(parted.size - hyphen - 1),
                            parted.at + hyphen + 1);
    *ARENA_PUSH(arena, &compiling->classes.items[class_id].phrases) =
        phrase_build(compiling->builder, &compiling->tails, parted);
}

/* Adds a form, or "@class", to a class. */
static void add_to_class(Compiling *compiling, uint32_t class_id, Str value)
{
    if (value.size == 0 || value.at[0] != '@') {
        if (value.size)
            add_form(compiling, class_id, value);
        return;
    }
    uint32_t *other = table_find(&compiling->class_ids, str_slice(value, 1, value.size));
    if (!other)
        FAULT(compiling, "there is no word class \"%.*s\"", STR_ARGUMENTS(value));
    else
        *ARENA_PUSH(compiling->builder->arena, &compiling->classes.items[class_id].classes) = *other;
}

/* Members of a class and of those that belong to it, as members of `of`. */
static void flatten(Compiling *compiling, uint32_t of, uint32_t class_id, int depth)
{
    const WordClass *class = &compiling->classes.items[class_id];
    for (size_t i = 0; i < class->phrases.count; i++)
        *ARENA_PUSH(compiling->builder->arena, &compiling->members) = (Member){ class->phrases.items[i], of };
    for (size_t i = 0; i < class->classes.count && depth < MOST_NESTING; i++)
        flatten(compiling, of, class->classes.items[i], depth + 1);
}

static void read_classes(Compiling *compiling)
{
    static const char *const columns[] = { "class", "form", "note" };
    static const char *const reserved[CLASS_RESERVED] = { "light",     "undergo",   "happen", "mutual",
                                                          "partitive", "objective", "agent",  "stative" };
    LexiconBuilder *builder = compiling->builder;
    TsvTable rows = builder_read(builder, "*/event-words.tsv", columns, 3, RELATO_NONE);
    for (size_t i = 0; i < CLASS_RESERVED; i++)
        *table_put(&compiling->class_ids, str_of(reserved[i]), NULL) = new_class(compiling);
    for (size_t i = 0; i < rows.count; i++) {
        Str name = rows.items[i].cells[0];
        rows.items[i].cells[0] = name = str_slice(name, name.size && name.at[0] == '@', name.size);
        bool added;
        uint32_t *id = table_put(&compiling->class_ids, name, &added);
        if (added)
            *id = new_class(compiling);
    }
    for (size_t i = 0; i < rows.count; i++) {
        size_t count;
        compiling->row = &rows.items[i];
        Str *forms = builder_values(builder, compiling->row, 1, &count);
        if (compiling->row->cells[0].size == 0)
            FAULT(compiling, "the class has no name");
        for (size_t k = 0; k < count; k++)
            add_to_class(compiling, *table_find(&compiling->class_ids, compiling->row->cells[0]), forms[k]);
    }
}

/* ---- slots and choices --------------------------------------------------------- */

/* True if two names differ by so few letters that one may be the other's typing error. */
static bool alike(Str a, const char *b)
{
    size_t row[32], size = strlen(b);
    if (size + 1 > sizeof row / sizeof *row || a.size < 5 || size < 5)
        return false;
    for (size_t j = 0; j <= size; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.size; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= size; j++) {
            size_t change = diagonal + (a.at[i - 1] != b[j - 1]);
            diagonal = row[j];
            size_t least = row[j] < row[j - 1] ? row[j] + 1 : row[j - 1] + 1;
            row[j] = change < least ? change : least;
        }
    }
    return row[size] <= TYPO;
}

static Slot slot_of(Compiling *compiling, Str name)
{
    for (uint32_t kind = SLOT_SUBJECT; kind < SLOT_KIND_COUNT; kind++)
        if (str_equal(name, str_of(slot_names[kind])))
            return (Slot){ .kind = kind };
    for (uint32_t kind = SLOT_SUBJECT; kind < SLOT_KIND_COUNT; kind++)
        if (alike(name, slot_names[kind]))
            FAULT(compiling, "\"%.*s\" is no slot; \"%s\" is one", STR_ARGUMENTS(name), slot_names[kind]);
    if (name.size == 0)
        FAULT(compiling, "a slot has no name");
    return (Slot){ SLOT_PREPOSITION, phrase_build(compiling->builder, &compiling->tails, name) };
}

/* "object.de" */
static Path path_of(Compiling *compiling, Str name)
{
    Path path = { (uint32_t)compiling->slots.count, 0 };
    while (name.at) {
        Slot slot = slot_of(compiling, str_cut(&name, '.'));
        *ARENA_PUSH(compiling->builder->arena, &compiling->slots) = slot;
        path.count++;
    }
    return path;
}

/* "subject+object|com"; "-" is nobody; empty: nothing is said. */
static Choices choices_of(Compiling *compiling, Str cell)
{
    Choices choices = { (uint32_t)compiling->choices.count, 0 };
    cell = str_trim(utf8_normalise(compiling->builder->arena, cell));
    if (cell.size == 0)
        return (Choices){ RELATO_NONE, 0 };
    if (str_equal(cell, STR("-")))
        return choices;
    while (cell.at) {
        Str alternative = str_cut(&cell, '|');
        for (uint32_t joined = 0; alternative.at; joined = 1) {
            Path path = path_of(compiling, str_trim(str_cut(&alternative, '+')));
            *ARENA_PUSH(compiling->builder->arena, &compiling->choices) = (Choice){ path, joined };
            choices.count++;
        }
    }
    return choices;
}

static uint32_t parts_of(Compiling *compiling, Str name)
{
    static const char *const names[PART_COUNT] = { "verb", "noun", "adjective" };
    for (uint32_t i = 0; i < PART_COUNT; i++)
        if (str_equal(name, str_of(names[i])))
            return 1u << i;
    FAULT(compiling, "\"%.*s\" is none of verb, noun, adjective", STR_ARGUMENTS(name));
    return 0;
}

/* ---- frames ---------------------------------------------------------------------- */

static Frame *frame_named(Compiling *compiling, Str name)
{
    uint32_t string = builder_string(compiling->builder, name);
    for (size_t i = 0; i < compiling->frames.count; i++)
        if (compiling->frames.items[i].name == string)
            return &compiling->frames.items[i];
    return NULL;
}

static void read_frames(Compiling *compiling)
{
    static const char *const columns[] = { "frame", "of", "actor", "recipient", "first", "note" };
    LexiconBuilder *builder = compiling->builder;
    TsvTable rows = builder_read(builder, "*/event-frames.tsv", columns, 6, RELATO_NONE);
    for (size_t i = 0; i < rows.count; i++) {
        const TsvRow *row = compiling->row = &rows.items[i];
        Frame *frame = frame_named(compiling, row->cells[0]);
        if (!frame) {
            frame = ARENA_PUSH(builder->arena, &compiling->frames);
            frame->name = builder_string(builder, row->cells[0]);
        }
        bool first = str_equal(row->cells[4], STR("recipient"));
        if (!first && row->cells[4].size && !str_equal(row->cells[4], STR("actor")))
            FAULT(compiling, "\"%.*s\" is none of actor, recipient", STR_ARGUMENTS(row->cells[4]));
        struct FrameRow of = { choices_of(compiling, row->cells[2]), choices_of(compiling, row->cells[3]), first };
        size_t count;
        Str *values = builder_values(builder, row, 1, &count);
        for (size_t k = 0; k < count; k++) {
            uint32_t part = parts_of(compiling, values[k]);
            frame->parts |= part;
            for (uint32_t p = 0; p < PART_COUNT; p++)
                if (part == 1u << p)
                    frame->rows[p] = of;
        }
        if (count == 0)
            FAULT(compiling, "the frame does not say what it is of: verb, noun or adjective");
    }
}

/* ---- conditions -------------------------------------------------------------------- */

static uint64_t entity_kind(Compiling *compiling, Str name)
{
    static const struct {
        const char *name;
        int kind;
    } kinds[] = {
        { "person", ENTITY_PERSON }, { "organisation", ENTITY_ORGANISATION }, { "place", ENTITY_PLACE },
        { "group", ENTITY_GROUP },   { "country", ENTITY_COUNTRY },           { "entity", ENTITY_ANY },
    };
    size_t sector;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_equal(name, str_of(kinds[i].name)))
            return UINT64_C(1) << kinds[i].kind;
    if (plover_sector(name, &sector))
        return UINT64_C(1) << sector;
    if (plover_nonstate(name, &sector))
        return UINT64_C(1) << (ENTITY_CODE + sector);
    FAULT(compiling, "\"%.*s\" is neither a sector nor a kind of entity", STR_ARGUMENTS(name));
    return 0;
}

/* Takes "<GOV|MIL>" parts out of a condition's words; returns their kinds. */
static uint64_t entities_of(Compiling *compiling, Str *words)
{
    uint64_t kinds = 0;
    size_t open;
    while ((open = str_find_byte(*words, '<', 0)) < words->size) {
        size_t close = str_find_byte(*words, '>', open);
        if (close == words->size) {
            FAULT(compiling, "\"<\" is not closed");
            return kinds;
        }
        Str inside = str_slice(*words, open + 1, close);
        while (inside.at)
            kinds |= entity_kind(compiling, str_trim(str_cut(&inside, '|')));
        Str before = str_slice(*words, 0, open), behind = str_slice(*words, close + 1, words->size);
        *words = str_join(compiling->builder->arena, before, behind);
    }
    return kinds;
}

static bool is_empty_class(const Compiling *compiling, uint32_t class_id)
{
    const WordClass *class = &compiling->classes.items[class_id];
    return class->phrases.count == 0 && class->classes.count == 0;
}

/* Reads what may stand in a slot: "*", words, classes, kinds of entities. */
static void read_words(Compiling *compiling, Condition *condition, Str words, bool bound)
{
    condition->class_id = RELATO_NONE;
    if (str_equal(words, STR("*"))) {
        condition->kind = CONDITION_FILLED;
        return;
    }
    condition->kind = bound ? CONDITION_BOUND : CONDITION_WORDS;
    condition->entities = entities_of(compiling, &words);
    size_t count;
    Str *values = tsv_values(compiling->builder->arena, words, &count, compiling->row, &compiling->builder->complaints);
    for (size_t i = 0; i < count; i++) {
        if (values[i].size == 0)
            continue;
        if (condition->class_id == RELATO_NONE)
            condition->class_id = new_class(compiling);
        add_to_class(compiling, condition->class_id, values[i]);
    }
    if (condition->entities == 0 &&
        (condition->class_id == RELATO_NONE || is_empty_class(compiling, condition->class_id)))
        FAULT(compiling, "the condition names nothing that could stand there");
}

static void read_condition(Compiling *compiling, Str element)
{
    static const char *const flags[] = { "reflexive", "passive", "plural" };
    Condition condition = { .class_id = RELATO_NONE, .negated = element.at[0] == '!' };
    Str body = str_slice(element, condition.negated, element.size);
    size_t colon = str_find_byte(body, ':', 0), equals = str_find_byte(body, '=', 0);
    size_t sign = colon < equals ? colon : equals;
    if (sign == body.size) {
        for (uint32_t i = 0; i < 3; i++)
            if (str_equal(body, str_of(flags[i])))
                condition.kind = CONDITION_REFLEXIVE + i;
        if (condition.kind < CONDITION_REFLEXIVE) {
            FAULT(compiling, "\"%.*s\" is no condition: SLOT:WORDS, reflexive, passive or plural", STR_ARGUMENTS(body));
            return;
        }
    } else {
        condition.path = path_of(compiling, str_slice(body, 0, sign));
        read_words(compiling, &condition, str_slice(body, sign + 1, body.size), sign == equals);
    }
    *ARENA_PUSH(compiling->builder->arena, &compiling->conditions) = condition;
}

/* ---- patterns ------------------------------------------------------------------------ */

static int by_bytes(const void *a, const void *b)
{
    return str_compare(*(const Str *)a, *(const Str *)b);
}

static bool has_element(const Compiling *compiling, Str element)
{
    for (size_t i = 0; i < compiling->elements.count; i++)
        if (str_equal(compiling->elements.items[i], element))
            return true;
    return false;
}

/* Conditions that cannot hold together, or never for such an anchor. */
static void check_possible(Compiling *compiling, uint32_t parts)
{
    for (size_t i = 0; i < compiling->elements.count; i++) {
        Str element = compiling->elements.items[i];
        bool negated = element.at[0] == '!';
        Str body = str_slice(element, negated, element.size);
        size_t sign = str_find_byte(body, ':', 0);
        if (negated && has_element(compiling, body))
            FAULT(compiling, "it can never match: both %.*s and %.*s", STR_ARGUMENTS(body), STR_ARGUMENTS(element));
        if (negated && str_ends(body, STR(":*")))
            for (size_t k = 0; k < compiling->elements.count; k++)
                if (k != i && str_starts(compiling->elements.items[k], str_slice(body, 0, sign + 1)))
                    FAULT(compiling, "it can never match: both %.*s and %.*s",
                          STR_ARGUMENTS(compiling->elements.items[k]), STR_ARGUMENTS(element));
        if ((str_equal(element, STR("passive")) || str_equal(element, STR("reflexive"))) && !(parts & PART_VERB))
            FAULT(compiling, "it can never match: only verbs are %.*s", STR_ARGUMENTS(element));
        if (str_equal(element, STR("plural")) && !(parts & ~(uint32_t)PART_VERB))
            FAULT(compiling, "it can never match: \"plural\" is for nouns");
    }
}

/* Finds an earlier pattern of the same file with the same anchor and conditions. */
static void check_hidden(Compiling *compiling, Str anchor, const Phrase *phrase, uint32_t parts, uint32_t pattern)
{
    LexiconBuilder *builder = compiling->builder;
    Str key = str_format(builder->arena, "%u %u", phrase->word, parts);
    for (uint32_t i = 0; i < phrase->tail_count; i++)
        key = str_format(builder->arena, "%.*s+%u", STR_ARGUMENTS(key), compiling->tails.items[phrase->tail + i]);
    for (size_t i = 0; i < compiling->elements.count; i++)
        key = str_format(builder->arena, "%.*s %.*s", STR_ARGUMENTS(key), STR_ARGUMENTS(compiling->elements.items[i]));
    bool added;
    uint32_t *earlier = table_put(&compiling->anchored, key, &added);
    if (!added && *earlier - 1 != pattern) {
        const TsvRow *hidden = &compiling->rows.items[*earlier - 1];
        if (hidden->file == compiling->row->file)
            complain(&builder->complaints, hidden->file, hidden->line,
                     "line %zu hides \"%.*s\" here: it has the same anchor and conditions", compiling->row->line,
                     STR_ARGUMENTS(anchor));
    }
    *earlier = pattern + 1;
}

/* "/n", "/v", "/a" behind an anchor, which they are cut off; all parts if there is none. */
static uint32_t cut_parts(Compiling *compiling, Str *anchor)
{
    size_t slash = str_find_byte(*anchor, '/', 0);
    uint32_t parts = 0;
    for (size_t i = slash + 1; i < anchor->size; i++) {
        const char *letters = "vna", *found = strchr(letters, anchor->at[i]);
        if (found && *found)
            parts |= 1u << (found - letters);
        else
            FAULT(compiling, "\"/%c\" is none of /v, /n, /a", anchor->at[i]);
    }
    *anchor = str_slice(*anchor, 0, slash);
    return parts ? parts : PART_VERB | PART_NOUN | PART_ADJECTIVE;
}

/* The anchors of a pattern; those with other parts of speech need a pattern of their own. */
static void read_anchors(Compiling *compiling, Str element, Pattern pattern)
{
    LexiconBuilder *builder = compiling->builder;
    size_t count;
    Str *values = tsv_values(builder->arena, element, &count, compiling->row, &builder->complaints);
    uint32_t group = RELATO_NONE;
    for (size_t i = 0; i < count; i++) {
        uint32_t parts = cut_parts(compiling, &values[i]), class_id = new_class(compiling);
        check_possible(compiling, parts);
        add_to_class(compiling, class_id, values[i]);
        if (is_empty_class(compiling, class_id))
            FAULT(compiling, "an anchor has no words");
        if (pattern.frame != RELATO_NONE && pattern.type != PLOVER_NO_TYPE &&
            !(compiling->frames.items[pattern.frame].parts & parts))
            FAULT(compiling, "its frame has no row for what the anchor is");
        if (group == RELATO_NONE || compiling->patterns.items[group].parts != parts) {
            group = (uint32_t)compiling->patterns.count;
            pattern.parts = (uint8_t)parts;
            *ARENA_PUSH(builder->arena, &compiling->patterns) = pattern;
            *ARENA_PUSH(builder->arena, &compiling->rows) = *compiling->row;
        }
        size_t from = compiling->members.count;
        flatten(compiling, class_id, class_id, 0);
        for (size_t k = from; k < compiling->members.count; k++) {
            Phrase phrase = compiling->members.items[k].phrase;
            *ARENA_PUSH(builder->arena, &compiling->anchors) = (Anchor){ phrase, group };
            if (builder->checking)
                check_hidden(compiling, values[i], &phrase, parts, group);
        }
        compiling->members.count = from;
    }
    if (count == 0)
        FAULT(compiling, "the pattern has no anchor");
}

static uint8_t reality_of(Compiling *compiling, Str name, uint8_t otherwise)
{
    int reality = value_of(&realities, name);
    if (reality >= 0)
        return (uint8_t)reality;
    if (name.size)
        FAULT(compiling, "\"%.*s\" is no reality: actual, planned, possible, negated", STR_ARGUMENTS(name));
    return otherwise;
}

static size_t context_of(Compiling *compiling, Str name)
{
    size_t context = plover_context(name);
    if (context == PLOVER_CONTEXT_COUNT)
        FAULT(compiling, "\"%.*s\" is no context of PLOVER", STR_ARGUMENTS(name));
    return context;
}

enum {
    COLUMN_PATTERN,
    COLUMN_FRAME,
    COLUMN_TYPE,
    COLUMN_MODE,
    COLUMN_ACTOR,
    COLUMN_RECIPIENT,
    COLUMN_REALITY,
    COLUMN_CONTEXT
};

/* What the columns beside the pattern say. */
static Pattern read_meaning(Compiling *compiling, const TsvRow *row)
{
    LexiconBuilder *builder = compiling->builder;
    Pattern pattern = { .frame = RELATO_NONE, .type = PLOVER_NO_TYPE, .mode = PLOVER_NO_MODE };
    const Frame *frame = frame_named(compiling, row->cells[COLUMN_FRAME]);
    Str type = row->cells[COLUMN_TYPE], mode = row->cells[COLUMN_MODE];
    bool event = !str_equal(type, STR("-"));
    if (frame)
        pattern.frame = (uint32_t)(frame - compiling->frames.items);
    else if (event)
        FAULT(compiling, "there is no frame \"%.*s\"", STR_ARGUMENTS(row->cells[COLUMN_FRAME]));
    if (event && (pattern.type = plover_type(type)) == PLOVER_NO_TYPE)
        FAULT(compiling, "\"%.*s\" is no type of event", STR_ARGUMENTS(type));
    if (mode.size && !str_equal(mode, STR("-")) && pattern.type != PLOVER_NO_TYPE &&
        (pattern.mode = plover_mode(pattern.type, mode)) == PLOVER_NO_MODE)
        FAULT(compiling, "\"%.*s\" is no mode of %.*s", STR_ARGUMENTS(mode), STR_ARGUMENTS(type));
    pattern.actor = choices_of(compiling, row->cells[COLUMN_ACTOR]);
    pattern.recipient = choices_of(compiling, row->cells[COLUMN_RECIPIENT]);
    pattern.reality = reality_of(compiling, row->cells[COLUMN_REALITY], REALITY_OPEN);
    size_t count;
    Str *contexts = builder_values(builder, row, COLUMN_CONTEXT, &count);
    for (size_t i = 0; i < count; i++) {
        size_t context = contexts[i].size ? context_of(compiling, contexts[i]) : PLOVER_CONTEXT_COUNT;
        if (context < PLOVER_CONTEXT_COUNT)
            pattern.contexts |= UINT64_C(1) << context;
    }
    pattern.text = builder_string(builder, row->cells[COLUMN_PATTERN]);
    pattern.file = builder_string(builder, str_of(row->file));
    pattern.line = (uint32_t)row->line;
    return pattern;
}

static void read_pattern(Compiling *compiling, const TsvRow *row)
{
    LexiconBuilder *builder = compiling->builder;
    compiling->row = row;
    Pattern pattern = read_meaning(compiling, row);
    Str cell = str_trim(utf8_normalise(builder->arena, row->cells[COLUMN_PATTERN])), anchor = str_cut(&cell, ' ');
    pattern.condition = (uint32_t)compiling->conditions.count;
    compiling->elements.count = 0;
    while (cell.at) {
        Str element = str_cut(&cell, ' ');
        if (element.size == 0)
            continue;
        *ARENA_PUSH(builder->arena, &compiling->elements) = element;
        read_condition(compiling, element);
    }
    pattern.condition_count = (uint32_t)compiling->conditions.count - pattern.condition;
    if (compiling->elements.count)
        qsort(compiling->elements.items, compiling->elements.count, sizeof *compiling->elements.items, by_bytes);
    read_anchors(compiling, anchor, pattern);
}

static void read_patterns(Compiling *compiling)
{
    static const char *const columns[] = { "pattern",   "frame",   "type",    "mode", "actor",
                                           "recipient", "reality", "context", "note" };
    TsvTable rows = builder_read(compiling->builder, "*/events.tsv", columns, 9, RELATO_NONE);
    for (size_t i = 0; i < rows.count; i++)
        read_pattern(compiling, &rows.items[i]);
}

/* ---- modality and contexts --------------------------------------------------------------- */

static int by_phrase(const void *a, const void *b)
{
    return phrase_compare(a, b);
}

static void read_modality(Compiling *compiling)
{
    static const char *const columns[] = { "form", "use", "reality", "note" };
    static const char *const uses[MODAL_USE_COUNT] = {
        "governor", "auxiliary", "negation", "condition", "purpose", "adjective", "adverb", "tense", "apart",
    };
    static const uint8_t usual[MODAL_USE_COUNT] = {
        REALITY_OPEN, REALITY_OPEN, RELATO_NEGATED, RELATO_POSSIBLE, RELATO_POSSIBLE,
        REALITY_OPEN, REALITY_OPEN, REALITY_OPEN,   RELATO_ACTUAL,
    };
    LexiconBuilder *builder = compiling->builder;
    TsvTable rows = builder_read(builder, "*/modality.tsv", columns, 4, RELATO_NONE);
    LIST(Modal) modals = { 0 };
    LIST(Tense) tenses = { 0 };
    for (size_t i = 0; i < rows.count; i++) {
        const TsvRow *row = compiling->row = &rows.items[i];
        uint32_t use = 0;
        while (use < MODAL_USE_COUNT && !str_equal(row->cells[1], str_of(uses[use])))
            use++;
        if (use == MODAL_USE_COUNT) {
            FAULT(compiling, "\"%.*s\" is no use of words of modality", STR_ARGUMENTS(row->cells[1]));
            continue;
        }
        uint8_t reality = reality_of(compiling, row->cells[2], usual[use]);
        if (reality == REALITY_OPEN)
            FAULT(compiling, "the reality is missing");
        size_t count;
        Str *forms = builder_values(builder, row, 0, &count);
        for (size_t k = 0; k < count; k++) {
            if (use == MODAL_TENSE)
                *ARENA_PUSH(builder->arena, &tenses) = (Tense){ builder_string(builder, forms[k]), reality };
            else
                *ARENA_PUSH(builder->arena, &modals) =
                    (Modal){ phrase_build(builder, &compiling->tails, forms[k]), use, reality };
        }
    }
    if (modals.count)
        qsort(modals.items, modals.count, sizeof *modals.items, by_phrase);
    builder_section(builder, "event.modals", modals.items, modals.count * sizeof *modals.items);
    builder_section(builder, "event.tenses", tenses.items, tenses.count * sizeof *tenses.items);
}

static void read_contexts(Compiling *compiling)
{
    static const char *const columns[] = { "context", "form", "note" };
    LexiconBuilder *builder = compiling->builder;
    TsvTable rows = builder_read(builder, "*/contexts.tsv", columns, 3, RELATO_NONE);
    LIST(ContextWord) words = { 0 };
    for (size_t i = 0; i < rows.count; i++) {
        compiling->row = &rows.items[i];
        size_t count, context = context_of(compiling, compiling->row->cells[0]);
        Str *forms = builder_values(builder, compiling->row, 1, &count);
        for (size_t k = 0; k < count; k++)
            *ARENA_PUSH(builder->arena, &words) =
                (ContextWord){ phrase_build(builder, &compiling->tails, forms[k]), (uint32_t)context };
    }
    if (words.count)
        qsort(words.items, words.count, sizeof *words.items, by_phrase);
    builder_section(builder, "event.contexts", words.items, words.count * sizeof *words.items);
}

/* ---- the image ------------------------------------------------------------------------------ */

/* An anchor with what orders it: qsort has no context. */
typedef struct Ordered {
    Anchor anchor;
    uint32_t conditions;
} Ordered;

/* By first word, then the longest, the one with the most conditions, the last in the files. */
static int by_trial(const void *a, const void *b)
{
    const Ordered *x = a, *y = b;
    const Phrase *p = &x->anchor.phrase, *q = &y->anchor.phrase;
    if (p->word != q->word || p->tail_count != q->tail_count)
        return phrase_compare(p, q);
    if (x->conditions != y->conditions)
        return x->conditions > y->conditions ? -1 : 1;
    return x->anchor.pattern < y->anchor.pattern ? 1 : x->anchor.pattern > y->anchor.pattern ? -1 : 0;
}

static void sort_anchors(Compiling *compiling)
{
    size_t count = compiling->anchors.count;
    Ordered *ordered = ARENA_ARRAY(compiling->builder->arena, Ordered, count + 1);
    for (size_t i = 0; i < count; i++) {
        Anchor anchor = compiling->anchors.items[i];
        ordered[i] = (Ordered){ anchor, compiling->patterns.items[anchor.pattern].condition_count };
    }
    qsort(ordered, count, sizeof *ordered, by_trial);
    for (size_t i = 0; i < count; i++)
        compiling->anchors.items[i] = ordered[i].anchor;
}

static int by_class(const void *a, const void *b)
{
    const Member *x = a, *y = b;
    if (x->class_id != y->class_id)
        return x->class_id < y->class_id ? -1 : 1;
    return phrase_compare(&x->phrase, &y->phrase);
}

static void write_members(Compiling *compiling)
{
    for (uint32_t i = 0; i < compiling->classes.count; i++)
        flatten(compiling, i, i, 0);
    if (compiling->members.count)
        qsort(compiling->members.items, compiling->members.count, sizeof *compiling->members.items, by_class);
}

#define SECTION(compiling, name, list)                                                                                 \
    builder_section((compiling)->builder, name, (compiling)->list.items,                                               \
                    (compiling)->list.count * sizeof *(compiling)->list.items)

void event_compile(LexiconBuilder *builder)
{
    Compiling compiling = { .builder = builder };
    table_init(&compiling.class_ids, builder->arena);
    table_init(&compiling.anchored, builder->arena);
    read_classes(&compiling);
    read_frames(&compiling);
    read_patterns(&compiling);
    read_modality(&compiling);
    read_contexts(&compiling);
    sort_anchors(&compiling);
    write_members(&compiling);
    SECTION(&compiling, "event.patterns", patterns);
    SECTION(&compiling, "event.conds", conditions);
    SECTION(&compiling, "event.choices", choices);
    SECTION(&compiling, "event.slots", slots);
    SECTION(&compiling, "event.frames", frames);
    SECTION(&compiling, "event.anchors", anchors);
    SECTION(&compiling, "event.members", members);
    SECTION(&compiling, "event.tails", tails);
}
