#include "output/interface.h"

typedef struct InterfaceText {
    uint32_t key, text; /* strings of the lexicon */
} InterfaceText;

void interface_compile(LexiconBuilder *builder)
{
    static const char *const columns[] = { "key", "text" };
    TsvTable rows = builder_read(builder, "*/interface.tsv", columns, 2, 0);
    InterfaceText *texts = ARENA_ARRAY(builder->arena, InterfaceText, rows.count);
    for (size_t i = 0; i < rows.count; i++)
        texts[i] = (InterfaceText){ builder_string(builder, rows.items[i].cells[0]),
                                    builder_string(builder, rows.items[i].cells[1]) };
    builder_section(builder, "interface", texts, rows.count * sizeof *texts);
}

Str interface_text(const Language *language, const char *key)
{
    size_t count;
    const InterfaceText *texts = lexicon_section(&language->lexicon, "interface", sizeof *texts, &count);
    for (size_t i = 0; i < count; i++)
        if (str_equal(lexicon_string(&language->lexicon, texts[i].key), str_of(key)))
            return lexicon_string(&language->lexicon, texts[i].text);
    return str_of(key);
}
