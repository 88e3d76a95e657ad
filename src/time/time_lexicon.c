#include "time/time_lexicon.h"

enum { RULE, PASS, PATTERN, TYPE, VALUE, MOD, DIRECTION, AS, UNTIL, COLUMN_COUNT };

static const char *const columns[COLUMN_COUNT] = { "rule", "pass",      "pattern", "type", "value",
                                                   "mod",  "direction", "as",      "until" };

/* Position of the cell among `names`; `count` if it is not there (then it is reported). */
static uint8_t choice(LexiconBuilder *builder, const TsvRow *row, int column, const char *const *names, uint8_t count)
{
    uint8_t i = 0;
    while (i < count && !str_equal(row->cells[column], str_of(names[i])))
        i++;
    if (i == count)
        complain(&builder->complaints, row->file, row->line, "unknown %s \"%.*s\"", columns[column],
                 STR_ARGUMENTS(row->cells[column]));
    return i;
}

/* Every {name} of a template must be a capture of the pattern. */
static void check_template(LexiconBuilder *builder, const TsvRow *row, int column)
{
    for (Str rest = row->cells[column]; rest.at;) {
        str_cut(&rest, '{');
        if (!rest.at)
            break;
        Str name = str_cut(&rest, '}');
        size_t end = 0;
        while (end < name.size && !strchr(":+-*/", name.at[end]))
            end++;
        name = str_slice(name, 0, end);
        if (!rest.at || !pattern_captures(row->cells[PATTERN], name))
            complain(&builder->complaints, row->file, row->line, "%s: the pattern has no \"%.*s=\"", columns[column],
                     STR_ARGUMENTS(name));
    }
}

static TimeResult result_of(LexiconBuilder *builder, const TsvRow *row)
{
    static const char *const types[] = { "DATE", "TIME", "DURATION", "SET", "-" };
    static const char *const directions[] = { "past", "future", "last", "next", "near", "", "tense-near" };
    TimeResult result = { 0 };
    if (row->cells[RULE].size && row->cells[RULE].at[0] == '$')
        return result;
    result.type = choice(builder, row, TYPE, types, 5);
    result.direction = choice(builder, row, DIRECTION, directions, 7);
    check_template(builder, row, VALUE);
    check_template(builder, row, MOD);
    check_template(builder, row, UNTIL);
    if (row->cells[UNTIL].size &&
        (!pattern_captures(row->cells[PATTERN], STR("a")) || !pattern_captures(row->cells[PATTERN], STR("z"))))
        complain(&builder->complaints, row->file, row->line, "with \"until\" the pattern must have \"a=\" and \"z=\"");
    if (str_find_byte(row->cells[VALUE], '{', 0) == row->cells[VALUE].size && result.type != TIME_NOTHING &&
        !value_valid(row->cells[VALUE]))
        complain(&builder->complaints, row->file, row->line, "\"%.*s\" is no value", STR_ARGUMENTS(row->cells[VALUE]));
    result.value = builder_string(builder, row->cells[VALUE]);
    result.mod = builder_string(builder, row->cells[MOD]);
    result.until = builder_string(builder, row->cells[UNTIL]);
    static const char *const kinds[] = { "date", "time", "duration", "set", "nothing" };
    result.mark = builder_string(builder, row->cells[AS].size ? row->cells[AS]
                                                              : str_of(kinds[result.type < 5 ? result.type : 4]));
    return result;
}

void time_compile(LexiconBuilder *builder)
{
    TsvTable classes = pattern_classes(builder, "*/time-words.tsv");
    TsvTable rows = builder_read(builder, "*/times.tsv", columns, COLUMN_COUNT, RULE);
    PatternSource *sources = ARENA_ARRAY(builder->arena, PatternSource, rows.count);
    TimeResult *results = ARENA_ARRAY(builder->arena, TimeResult, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        const TsvRow *row = &rows.items[i];
        bool later = row->cells[PASS].size == 1 && row->cells[PASS].at[0] >= '1' && row->cells[PASS].at[0] <= '9';
        if (row->cells[PASS].size && !later)
            complain(&builder->complaints, row->file, row->line, "pass is a number from 1 to 9");
        sources[i] = (PatternSource){ row, row->cells[RULE], row->cells[PATTERN],
                                      later ? (uint32_t)(row->cells[PASS].at[0] - '0') : 1 };
        results[i] = result_of(builder, row);
    }
    pattern_build(builder, "time", &classes, sources, rows.count);
    builder_section(builder, "time.results", results, rows.count * sizeof *results);
}
