/* Compiling patterns: text -> tree -> graph of nodes, and the indexes. */
#include <stdlib.h>

#include "core/utf8.h"
#include "language/pattern.h"

enum { MOST_NESTED = 16 };

/* ---- the tree -------------------------------------------------------------------- */

typedef struct Part Part;

/* One element of a pattern, or a group of alternatives. */
struct Part {
    PatternNode node;    /* what it tests; a group has PATTERN_SPLIT */
    Part **alternatives; /* of a group: the first part of each */
    size_t alternative_count;
    bool optional;
    Part *next;
};

typedef struct Names {
    uint32_t *items; /* strings */
    size_t count, capacity;
} Names;

typedef struct PatternBuilder {
    LexiconBuilder *lexicon;
    Names classes, kinds;
    struct {
        PatternNode *items;
        size_t count, capacity;
    } nodes;
    struct {
        PatternRule *items;
        size_t count, capacity;
    } rules;
    struct {
        ClassEntry *items;
        size_t count, capacity;
    } entries;
    struct {
        ClassSuffix *items;
        size_t count, capacity;
    } suffixes;
    struct {
        uint32_t *items;
        size_t count, capacity;
    } tails;
    struct {
        PatternStart *items;
        size_t count, capacity;
    } word_starts, mark_starts, shape_starts;
} PatternBuilder;

/* The text that is being read. */
typedef struct Reader {
    PatternBuilder *builder;
    const TsvRow *row;
    Str text;
    size_t at, depth;
    bool consumed; /* an element that takes tokens was read */
    bool failed;
} Reader;

static void fail(Reader *reader, const char *what)
{
    if (!reader->failed)
        complain(&reader->builder->lexicon->complaints, reader->row->file, reader->row->line, "pattern, byte %zu: %s",
                 reader->at + 1, what);
    reader->failed = true;
    reader->at = reader->text.size;
}

static char peek(const Reader *reader)
{
    return reader->at < reader->text.size ? reader->text.at[reader->at] : '\0';
}

static bool accept(Reader *reader, char c)
{
    if (peek(reader) != c || c == '\0')
        return false;
    reader->at++;
    return true;
}

static void skip_spaces(Reader *reader)
{
    while (accept(reader, ' '))
        ;
}

static uint32_t name_id(PatternBuilder *builder, Names *names, Str name)
{
    uint32_t string = builder_string(builder->lexicon, name);
    for (size_t i = 0; i < names->count; i++)
        if (names->items[i] == string)
            return (uint32_t)i;
    *ARENA_PUSH(builder->lexicon->arena, names) = string;
    return (uint32_t)names->count - 1;
}

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/* Lower-case letters, digits, "_" and, in names of classes, "-". */
static Str read_name(Reader *reader, bool hyphens)
{
    size_t start = reader->at;
    while (is_name(peek(reader)) || (hyphens && peek(reader) == '-'))
        reader->at++;
    return str_slice(reader->text, start, reader->at);
}

/* "1-31" or "31"; without it everything. */
static void read_range(Reader *reader, PatternNode *node)
{
    node->low = INT32_MIN, node->high = INT32_MAX;
    if (peek(reader) < '0' || peek(reader) > '9')
        return;
    char digits[24] = { 0 };
    size_t start = reader->at;
    while ((peek(reader) >= '0' && peek(reader) <= '9') || peek(reader) == '-')
        reader->at++;
    snprintf(digits, sizeof digits, "%.*s", STR_ARGUMENTS(str_slice(reader->text, start, reader->at)));
    char *end;
    node->low = node->high = (int32_t)strtol(digits, &end, 10);
    if (*end == '-')
        node->high = (int32_t)strtol(end + 1, &end, 10);
    if (*end || node->high < node->low)
        fail(reader, "a range is written 1-31");
}

/* A literal word: everything up to a space or a sign of the language; "\" takes
 * a sign as it is. Braces stay in it. */
static Str read_word(Reader *reader)
{
    char *bytes = arena_alloc(reader->builder->lexicon->arena, reader->text.size + 1);
    size_t size = 0, braces = 0;
    while (reader->at < reader->text.size && (braces || !strchr(" ()|[]?", peek(reader)))) {
        char c = reader->text.at[reader->at++];
        braces += c == '{';
        braces -= c == '}' && braces;
        if (c == '\\' && reader->at < reader->text.size)
            c = reader->text.at[reader->at++];
        else if (c == ':' && size && peek(reader) && strchr("Aa+", peek(reader))) {
            reader->at--;
            break;
        }
        bytes[size++] = c;
    }
    return (Str){ bytes, size };
}

/* A shape: up to a space; its braces, "?" and "|" are its own. */
static Str read_shape(Reader *reader)
{
    size_t start = reader->at;
    while (reader->at < reader->text.size && !strchr(" ()|[]", peek(reader)))
        reader->at++;
    return str_slice(reader->text, start, reader->at);
}

static Part *new_part(Reader *reader, PatternOp op)
{
    Part *part = ARENA_ARRAY(reader->builder->lexicon->arena, Part, 1);
    part->node.op = (uint8_t)op;
    part->node.low = INT32_MIN, part->node.high = INT32_MAX;
    return part;
}

static Part *read_sequence(Reader *reader);

static void add_alternative(Reader *reader, Part *group, Part *first)
{
    struct {
        Part **items;
        size_t count, capacity;
    } list = { group->alternatives, group->alternative_count, group->alternative_count };
    *ARENA_PUSH(reader->builder->lexicon->arena, &list) = first;
    group->alternatives = list.items;
    group->alternative_count = list.count;
}

static Part *read_group(Reader *reader)
{
    Part *group = new_part(reader, PATTERN_SPLIT);
    bool consumed = reader->consumed;
    if (++reader->depth > MOST_NESTED)
        fail(reader, "nested too deeply");
    do {
        reader->consumed = consumed;
        add_alternative(reader, group, read_sequence(reader));
    } while (accept(reader, '|'));
    if (!accept(reader, ')'))
        fail(reader, "\"(\" without \")\"");
    reader->depth--;
    return group;
}

/* A literal, which braces make into a group of literals. */
static Part *read_literal(Reader *reader)
{
    LexiconBuilder *lexicon = reader->builder->lexicon;
    Str word = read_word(reader);
    if (!word.size)
        fail(reader, "a word is missing");
    size_t count;
    Str *forms = tsv_values(lexicon->arena, word, &count, reader->row, &lexicon->complaints);
    Part *group = new_part(reader, PATTERN_SPLIT);
    for (size_t i = 0; i < count; i++) {
        Part *part = new_part(reader, PATTERN_WORD);
        part->node.argument = builder_word(lexicon, utf8_normalise(lexicon->arena, forms[i]));
        if (count == 1)
            return part;
        add_alternative(reader, group, part);
    }
    return group;
}

static Part *read_atom(Reader *reader)
{
    PatternBuilder *builder = reader->builder;
    Part *part;
    if (accept(reader, '('))
        return read_group(reader);
    if (accept(reader, '@')) {
        part = new_part(reader, PATTERN_CLASS);
        part->node.argument = name_id(builder, &builder->classes, read_name(reader, true));
    } else if (accept(reader, '#')) {
        part = new_part(reader, PATTERN_MARK);
        part->node.argument = name_id(builder, &builder->kinds, STR("cardinal"));
        read_range(reader, &part->node);
    } else if (accept(reader, '<')) {
        part = new_part(reader, PATTERN_MARK);
        part->node.argument = name_id(builder, &builder->kinds, read_name(reader, true));
        if (accept(reader, ':'))
            read_range(reader, &part->node);
        if (!accept(reader, '>'))
            fail(reader, "\"<\" without \">\"");
    } else if (accept(reader, '~')) {
        part = new_part(reader, PATTERN_SHAPE);
        part->node.argument = builder_string(builder->lexicon, read_shape(reader));
    } else if (peek(reader) == '_' &&
               (reader->at + 1 == reader->text.size || strchr(" ()|[]?:", reader->text.at[reader->at + 1]))) {
        reader->at++;
        part = new_part(reader, PATTERN_ANY);
    } else
        part = read_literal(reader);
    return part;
}

static void set_flag(Part *part, uint8_t flag)
{
    part->node.flags |= flag;
    for (size_t i = 0; i < part->alternative_count; i++)
        for (Part *p = part->alternatives[i]; p; p = p->next)
            set_flag(p, flag);
}

static void read_flags(Reader *reader, Part *part)
{
    static const struct {
        const char *name;
        uint8_t flag;
    } flags[] = {
        { ":digits", PATTERN_DIGITS }, { ":plain", PATTERN_PLAIN }, { ":words", PATTERN_WORDS },
        { ":A", PATTERN_CAPITAL },     { ":a", PATTERN_SMALL },     { ":+", PATTERN_TIGHT },
    };
    while (peek(reader) == ':' && !reader->failed) {
        Str rest = str_slice(reader->text, reader->at, reader->text.size);
        size_t i = 0;
        while (i < sizeof flags / sizeof *flags && !str_starts(rest, str_of(flags[i].name)))
            i++;
        if (i == sizeof flags / sizeof *flags) {
            fail(reader, "what stands behind \":\" is not known (:A :a :+ :digits :plain :words)");
            return;
        }
        set_flag(part, flags[i].flag);
        reader->at += strlen(flags[i].name);
    }
}

/* "name=" before an element, or nothing. */
static uint32_t read_capture(Reader *reader)
{
    size_t start = reader->at;
    Str name = read_name(reader, false);
    if (name.size && accept(reader, '='))
        return builder_string(reader->builder->lexicon, name);
    reader->at = start;
    return 0;
}

/* Adds the element, or each of a group, to a negation. */
static void add_negated(Reader *reader, Part *negation, Part *one)
{
    if (!one || one->next || (one->node.op < PATTERN_WORD && one->node.op != PATTERN_SPLIT)) {
        fail(reader, "\"!\" takes single elements only");
        return;
    }
    for (size_t i = 0; i < one->alternative_count; i++)
        add_negated(reader, negation, one->alternatives[i]);
    if (one->node.op != PATTERN_SPLIT)
        add_alternative(reader, negation, one);
}

static Part *read_negation(Reader *reader)
{
    Part *part = new_part(reader, reader->consumed ? PATTERN_NOT : PATTERN_NOT_BEFORE);
    Part *inner = read_atom(reader);
    read_flags(reader, inner);
    add_negated(reader, part, inner);
    return part;
}

/* A group's capture is that of whichever element begins it. */
static void set_capture(Part *part, uint32_t capture)
{
    part->node.capture = capture;
    for (size_t i = 0; i < part->alternative_count; i++)
        if (part->alternatives[i])
            set_capture(part->alternatives[i], capture);
}

static Part *read_element(Reader *reader)
{
    if (accept(reader, '['))
        return new_part(reader, PATTERN_OPEN);
    if (accept(reader, ']'))
        return new_part(reader, PATTERN_CLOSE);
    if (accept(reader, '!'))
        return read_negation(reader);
    uint32_t capture = read_capture(reader);
    Part *part = read_atom(reader);
    if (capture)
        set_capture(part, capture);
    read_flags(reader, part);
    part->optional = accept(reader, '?');
    reader->consumed = reader->consumed || !part->optional;
    return part;
}

static Part *read_sequence(Reader *reader)
{
    Part *first = NULL, **last = &first;
    for (skip_spaces(reader); reader->at < reader->text.size && peek(reader) != '|' && peek(reader) != ')';
         skip_spaces(reader)) {
        *last = read_element(reader);
        last = &(*last)->next;
    }
    return first;
}

/* ---- the graph ------------------------------------------------------------------- */

static uint32_t add_node(PatternBuilder *builder, PatternNode node)
{
    *ARENA_PUSH(builder->lexicon->arena, &builder->nodes) = node;
    return (uint32_t)builder->nodes.count - 1;
}

static uint32_t emit_sequence(PatternBuilder *builder, const Part *part, uint32_t next);

/* Adds the nodes of one part, which goes on at `next`; returns its first node. */
static uint32_t emit(PatternBuilder *builder, const Part *part, uint32_t next)
{
    PatternNode node = part->node;
    uint32_t start = next;
    if (node.op == PATTERN_SPLIT) {
        for (size_t i = part->alternative_count; i-- > 0;) {
            uint32_t alternative = emit_sequence(builder, part->alternatives[i], next);
            start =
                i + 1 == part->alternative_count
                    ? alternative
                    : add_node(builder, (PatternNode){ .op = PATTERN_SPLIT, .argument = alternative, .next = start });
        }
    } else {
        if (node.op == PATTERN_NOT || node.op == PATTERN_NOT_BEFORE) {
            node.argument = (uint32_t)builder->nodes.count;
            node.low = (int32_t)part->alternative_count;
            for (size_t i = 0; i < part->alternative_count; i++)
                add_node(builder, part->alternatives[i]->node);
        }
        node.next = next;
        start = add_node(builder, node);
    }
    return part->optional ? add_node(builder, (PatternNode){ .op = PATTERN_SPLIT, .argument = start, .next = next })
                          : start;
}

static uint32_t emit_sequence(PatternBuilder *builder, const Part *part, uint32_t next)
{
    return part ? emit(builder, part, emit_sequence(builder, part->next, next)) : next;
}

/* ---- what can begin a rule --------------------------------------------------------- */

static void add_word_start(PatternBuilder *builder, uint32_t word, uint32_t rule)
{
    *ARENA_PUSH(builder->lexicon->arena, &builder->word_starts) = (PatternStart){ word, rule };
}

static void add_class_starts(PatternBuilder *builder, uint32_t class_id, uint32_t rule)
{
    for (size_t i = 0; i < builder->entries.count; i++)
        if (builder->entries.items[i].class_id == class_id)
            add_word_start(builder, builder->entries.items[i].word, rule);
    for (size_t i = 0; i < builder->suffixes.count; i++)
        if (builder->suffixes.items[i].class_id == class_id) {
            *ARENA_PUSH(builder->lexicon->arena, &builder->shape_starts) = (PatternStart){ SHAPE_LETTERS, rule };
            return;
        }
}

/* Enters the rule under everything that the node, or what follows it without
 * taking a token, can match. False if that is the end of the rule. */
static bool add_starts(PatternBuilder *builder, uint32_t at, uint32_t rule)
{
    PatternNode node = builder->nodes.items[at];
    Arena *arena = builder->lexicon->arena;
    switch ((PatternOp)node.op) {
    case PATTERN_MATCH:
        return false;
    case PATTERN_SPLIT:
        return add_starts(builder, node.argument, rule) && add_starts(builder, node.next, rule);
    case PATTERN_OPEN:
    case PATTERN_CLOSE:
    case PATTERN_NOT:
    case PATTERN_NOT_BEFORE:
        return add_starts(builder, node.next, rule);
    case PATTERN_WORD:
        add_word_start(builder, node.argument, rule);
        return true;
    case PATTERN_CLASS:
        add_class_starts(builder, node.argument, rule);
        return true;
    case PATTERN_MARK:
        *ARENA_PUSH(arena, &builder->mark_starts) = (PatternStart){ node.argument, rule };
        return true;
    case PATTERN_SHAPE: {
        Str shape = { builder->lexicon->pool.bytes + node.argument + sizeof(uint32_t), 0 };
        uint32_t bits = strstr(shape.at, "\\d") ? SHAPE_DIGITS : 0;
        *ARENA_PUSH(arena, &builder->shape_starts) = (PatternStart){ bits, rule };
        return true;
    }
    case PATTERN_ANY:
        *ARENA_PUSH(arena, &builder->shape_starts) = (PatternStart){ 0, rule };
        return true;
    }
    return true;
}

enum { MOST_EXPANDED = 16 << 10, DEEPEST_NAME = 8 };

/* All rules of a file. */
typedef struct PatternSources {
    const PatternSource *items;
    size_t count;
} PatternSources;

/* The pattern with every "$name" replaced by the pattern of the row of that
 * name, in brackets. */
static Str expand_names(PatternBuilder *builder, PatternSources sources, const PatternSource *source, size_t depth)
{
    LexiconBuilder *lexicon = builder->lexicon;
    Str text = source->pattern, expanded = { "", 0 };
    for (size_t at = 0; at < text.size;) {
        size_t dollar = str_find_byte(text, '$', at), end = dollar + 1;
        expanded = str_join(lexicon->arena, expanded, str_slice(text, at, dollar));
        if (dollar == text.size)
            break;
        while (end < text.size && (is_name(text.at[end]) || text.at[end] == '-'))
            end++;
        const PatternSource *named = NULL;
        for (size_t i = 0; i < sources.count && !named; i++)
            named = str_equal(sources.items[i].name, str_slice(text, dollar, end)) ? &sources.items[i] : NULL;
        bool fine = named && depth < DEEPEST_NAME;
        Str inner = fine ? expand_names(builder, sources, named, depth + 1) : (Str){ "", 0 };
        if (!fine || expanded.size + inner.size > MOST_EXPANDED)
            complain(&lexicon->complaints, source->row->file, source->row->line,
                     !named ? "there is no pattern \"%.*s\"" : "\"%.*s\" is too long or part of itself",
                     STR_ARGUMENTS(str_slice(text, dollar, end)));
        else
            expanded = str_format(lexicon->arena, "%.*s(%.*s)", STR_ARGUMENTS(expanded), STR_ARGUMENTS(inner));
        at = end;
    }
    return expanded;
}

static bool is_definition(const PatternSource *source)
{
    return source->name.size && source->name.at[0] == '$';
}

/* ---- what can follow the first token ------------------------------------------------- */

static void add_word_bit(PatternAfter *after, uint32_t word)
{
    after->words[word % PATTERN_WORD_BITS / 64] |= (uint64_t)1 << (word % 64);
}

/* Adds all that the node, or what follows it without taking a token, can match. */
static void add_first(const PatternBuilder *builder, uint32_t at, PatternAfter *after)
{
    const PatternNode *node = &builder->nodes.items[at];
    switch ((PatternOp)node->op) {
    case PATTERN_SPLIT:
        add_first(builder, node->argument, after);
        add_first(builder, node->next, after);
        break;
    case PATTERN_OPEN:
    case PATTERN_CLOSE:
    case PATTERN_NOT:
    case PATTERN_NOT_BEFORE:
        add_first(builder, node->next, after);
        break;
    case PATTERN_WORD:
        add_word_bit(after, node->argument);
        break;
    case PATTERN_CLASS:
        for (size_t i = 0; i < builder->entries.count; i++)
            if (builder->entries.items[i].class_id == node->argument)
                add_word_bit(after, builder->entries.items[i].word);
        for (size_t i = 0; i < builder->suffixes.count; i++)
            if (builder->suffixes.items[i].class_id == node->argument)
                after->traits |= PATTERN_AFTER_LETTERS;
        break;
    case PATTERN_MARK:
        after->traits |= PATTERN_AFTER_MARK;
        break;
    case PATTERN_SHAPE:
        after->traits |= PATTERN_AFTER_LETTERS | PATTERN_AFTER_DIGITS;
        break;
    default:
        after->traits |= PATTERN_AFTER_ANY;
    }
}

/* Adds what can follow if the rule's next token is the word. */
static void add_after(const PatternBuilder *builder, uint32_t at, uint32_t word, PatternAfter *after)
{
    const PatternNode *node = &builder->nodes.items[at];
    switch ((PatternOp)node->op) {
    case PATTERN_MATCH:
        break;
    case PATTERN_SPLIT:
        add_after(builder, node->argument, word, after);
        add_after(builder, node->next, word, after);
        break;
    case PATTERN_OPEN:
    case PATTERN_CLOSE:
    case PATTERN_NOT:
    case PATTERN_NOT_BEFORE:
        add_after(builder, node->next, word, after);
        break;
    case PATTERN_WORD:
        if (node->argument == word)
            add_first(builder, node->next, after);
        break;
    case PATTERN_CLASS:
        for (size_t i = 0; i < builder->entries.count; i++) {
            const ClassEntry *entry = &builder->entries.items[i];
            if (entry->class_id == node->argument && entry->word == word && entry->tail_count)
                add_word_bit(after, builder->tails.items[entry->tail]);
            else if (entry->class_id == node->argument && entry->word == word)
                add_first(builder, node->next, after);
        }
        for (size_t i = 0; i < builder->suffixes.count; i++)
            if (builder->suffixes.items[i].class_id == node->argument)
                after->traits |= PATTERN_AFTER_ANY;
        break;
    case PATTERN_MARK:
    case PATTERN_SHAPE:
    case PATTERN_ANY:
        after->traits |= PATTERN_AFTER_ANY;
    }
}

static void add_rule(PatternBuilder *builder, PatternSources sources, const PatternSource *source)
{
    LexiconBuilder *lexicon = builder->lexicon;
    Str pattern = expand_names(builder, sources, source, 0);
    Reader reader = { .builder = builder, .row = source->row, .text = utf8_normalise(lexicon->arena, pattern) };
    Part *parts = read_sequence(&reader);
    if (!reader.failed && peek(&reader) == ')')
        fail(&reader, "\")\" without \"(\"");
    else if (!reader.failed && reader.at < reader.text.size)
        fail(&reader, "\"|\" outside of \"()\"");
    if (!reader.failed && !reader.consumed)
        fail(&reader, "it would match nothing at all");
    uint32_t number = (uint32_t)builder->rules.count, start = 0;
    if (!reader.failed && !is_definition(source)) {
        start = emit_sequence(builder, parts, add_node(builder, (PatternNode){ .op = PATTERN_MATCH }));
        if (!add_starts(builder, start, number))
            fail(&reader, "it would match nothing at all");
    }
    *ARENA_PUSH(lexicon->arena, &builder->rules) = (PatternRule){
        .start = start,
        .pass = source->pass,
        .name = builder_string(lexicon, source->name),
        .pattern = builder_string(lexicon, source->pattern),
        .file = builder_string(lexicon, str_of(source->row->file)),
        .line = (uint32_t)source->row->line,
    };
}

bool pattern_captures(Str pattern, Str name)
{
    if (str_find_byte(pattern, '$', 0) < pattern.size)
        return true; /* the named pattern may have it */
    for (size_t i = 0; i + name.size < pattern.size; i++) {
        bool begins = i == 0 || strchr(" ([{", pattern.at[i - 1]);
        char behind = pattern.at[i + name.size];
        if (begins && str_starts(str_slice(pattern, i, pattern.size), name) && (behind == '=' || behind == ':'))
            return true;
    }
    return false;
}

/* ---- classes ------------------------------------------------------------------------- */

static void add_form(PatternBuilder *builder, uint32_t class_id, Str form, uint32_t value)
{
    LexiconBuilder *lexicon = builder->lexicon;
    if (form.size > 1 && form.at[0] == '*') {
        *ARENA_PUSH(lexicon->arena, &builder->suffixes) =
            (ClassSuffix){ class_id, builder_string(lexicon, utf8_fold(lexicon->arena, str_slice(form, 1, form.size))),
                           value };
        return;
    }
    ClassEntry entry = { .class_id = class_id, .value = value, .tail = (uint32_t)builder->tails.count };
    for (Str rest = form; rest.at;) {
        Str word = str_cut(&rest, ' ');
        if (!word.size)
            continue;
        uint32_t id = builder_word(lexicon, word);
        if (!entry.word)
            entry.word = id;
        else {
            *ARENA_PUSH(lexicon->arena, &builder->tails) = id;
            entry.tail_count++;
        }
    }
    *ARENA_PUSH(lexicon->arena, &builder->entries) = entry;
}

static void add_classes(PatternBuilder *builder, const TsvTable *classes)
{
    LexiconBuilder *lexicon = builder->lexicon;
    for (size_t i = 0; i < classes->count; i++) {
        const TsvRow *row = &classes->items[i];
        size_t count;
        Str *forms = builder_values(lexicon, row, 1, &count);
        if (!row->cells[0].size || !count)
            complain(&lexicon->complaints, row->file, row->line, "class and form must be given");
        uint32_t class_id = name_id(builder, &builder->classes, row->cells[0]);
        for (size_t k = 0; k < count; k++)
            add_form(builder, class_id, forms[k],
                     builder_string(lexicon, utf8_normalise(lexicon->arena, row->cells[2])));
    }
}

static int by_word(const void *a, const void *b)
{
    const ClassEntry *x = a, *y = b;
    if (x->word != y->word)
        return x->word < y->word ? -1 : 1;
    if (x->tail_count != y->tail_count)
        return x->tail_count > y->tail_count ? -1 : 1;
    if (x->class_id != y->class_id)
        return x->class_id < y->class_id ? -1 : 1;
    return (x->tail > y->tail) - (x->tail < y->tail);
}

static int by_start(const void *a, const void *b)
{
    const PatternStart *x = a, *y = b;
    if (x->of != y->of)
        return x->of < y->of ? -1 : 1;
    return (x->rule > y->rule) - (x->rule < y->rule);
}

static size_t sort_starts(PatternStart *starts, size_t count)
{
    size_t kept = 0;
    if (count)
        qsort(starts, count, sizeof *starts, by_start);
    for (size_t i = 0; i < count; i++)
        if (!kept || by_start(&starts[kept - 1], &starts[i]) != 0)
            starts[kept++] = starts[i];
    return kept;
}

/* ---- the sections ---------------------------------------------------------------------- */

static void section(PatternBuilder *builder, const char *name, const char *suffix, const void *bytes, size_t size)
{
    char full[24];
    snprintf(full, sizeof full, "%s.%s", name, suffix);
    builder_section(builder->lexicon, full, bytes, size);
}

/* Index by word: entries and starts, both sorted by word. */
static void add_index(PatternBuilder *builder, const char *name)
{
    Arena *arena = builder->lexicon->arena;
    size_t words = builder->lexicon->words.count + 2, entry = 0, start = 0;
    PatternIndex *index = ARENA_ARRAY(arena, PatternIndex, words);
    PatternWordStart *starts = ARENA_ARRAY(arena, PatternWordStart, builder->word_starts.count);
    for (size_t word = 0; word < words; word++) {
        while (entry < builder->entries.count && builder->entries.items[entry].word < word)
            entry++;
        while (start < builder->word_starts.count && builder->word_starts.items[start].of < word)
            start++;
        index[word] = (PatternIndex){ (uint32_t)entry, (uint32_t)start };
    }
    for (size_t i = 0; i < builder->word_starts.count; i++) {
        starts[i].rule = builder->word_starts.items[i].rule;
        add_after(builder, builder->rules.items[starts[i].rule].start, builder->word_starts.items[i].of,
                  &starts[i].after);
    }
    section(builder, name, "index", index, words * sizeof *index);
    section(builder, name, "starts", starts, builder->word_starts.count * sizeof *starts);
}

static void check_classes(PatternBuilder *builder, size_t defined, const PatternSource *sources, size_t count)
{
    /* Classes are numbered as they are named: those beyond `defined` have no row. */
    for (size_t c = defined; c < builder->classes.count && count; c++)
        complain(&builder->lexicon->complaints, sources[0].row->file, 0, "class @%s is not defined",
                 builder->lexicon->pool.bytes + builder->classes.items[c] + sizeof(uint32_t));
}

TsvTable pattern_classes(LexiconBuilder *builder, const char *pattern)
{
    static const char *const columns[] = { "class", "form", "value" };
    return builder_read(builder, pattern, columns, 3, RELATO_NONE);
}

void pattern_build(LexiconBuilder *lexicon, const char *name, const TsvTable *classes, const PatternSource *sources,
                   size_t count)
{
    PatternBuilder builder = { .lexicon = lexicon };
    builder_string(lexicon, STR("")); /* string 0 is never a name */
    add_classes(&builder, classes);
    size_t defined = builder.classes.count;
    if (builder.entries.count)
        qsort(builder.entries.items, builder.entries.count, sizeof *builder.entries.items, by_word);
    for (size_t i = 0; i < count; i++)
        add_rule(&builder, (PatternSources){ sources, count }, &sources[i]);
    check_classes(&builder, defined, sources, count);
    builder.word_starts.count = sort_starts(builder.word_starts.items, builder.word_starts.count);
    builder.mark_starts.count = sort_starts(builder.mark_starts.items, builder.mark_starts.count);
    builder.shape_starts.count = sort_starts(builder.shape_starts.items, builder.shape_starts.count);

    add_index(&builder, name);
    section(&builder, name, "nodes", builder.nodes.items, builder.nodes.count * sizeof *builder.nodes.items);
    section(&builder, name, "rules", builder.rules.items, builder.rules.count * sizeof *builder.rules.items);
    section(&builder, name, "entries", builder.entries.items, builder.entries.count * sizeof *builder.entries.items);
    section(&builder, name, "suffixes", builder.suffixes.items,
            builder.suffixes.count * sizeof *builder.suffixes.items);
    section(&builder, name, "tails", builder.tails.items, builder.tails.count * sizeof *builder.tails.items);
    section(&builder, name, "marks", builder.mark_starts.items,
            builder.mark_starts.count * sizeof *builder.mark_starts.items);
    section(&builder, name, "shapes", builder.shape_starts.items,
            builder.shape_starts.count * sizeof *builder.shape_starts.items);
    section(&builder, name, "classes", builder.classes.items, builder.classes.count * sizeof *builder.classes.items);
    section(&builder, name, "kinds", builder.kinds.items, builder.kinds.count * sizeof *builder.kinds.items);
}
