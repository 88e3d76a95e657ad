#include "quantity/quantity_lexicon.h"

enum { RULE, PATTERN, BOUND, COUNTS, COLUMN_COUNT };

void quantity_compile(LexiconBuilder *builder)
{
    static const char *const columns[COLUMN_COUNT] = { "rule", "pattern", "bound", "counts" };
    TsvTable classes = pattern_classes(builder, "*/quantity-words.tsv");
    TsvTable rows = builder_read(builder, "*/quantities.tsv", columns, COLUMN_COUNT, RULE);
    PatternSource *sources = ARENA_ARRAY(builder->arena, PatternSource, rows.count);
    QuantityResult *results = ARENA_ARRAY(builder->arena, QuantityResult, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        const TsvRow *row = &rows.items[i];
        sources[i] = (PatternSource){ row, row->cells[RULE], row->cells[PATTERN], 1 };
        results[i] =
            (QuantityResult){ builder_string(builder, row->cells[BOUND]), builder_string(builder, row->cells[COUNTS]),
                              str_equal(row->cells[BOUND], STR("-")) };
        bool definition = row->cells[RULE].size && row->cells[RULE].at[0] == '$';
        if (!definition && !results[i].nothing && !pattern_captures(row->cells[PATTERN], STR("n")))
            complain(&builder->complaints, row->file, row->line, "the pattern has no \"n=\", the number");
    }
    pattern_build(builder, "figure", &classes, sources, rows.count);
    builder_section(builder, "figure.results", results, rows.count * sizeof *results);
}
