#include "output/output.h"

/* A field of a line: "_" if it is empty. */
static void add_field(Buffer *out, Str value)
{
    buffer_byte(out, '\t');
    buffer_add(out, value.size ? value : STR("_"));
}

static void add_misc(Buffer *out, const Token *token)
{
    buffer_add(out, token->space_after ? STR("\t_\t_\n") : STR("\t_\tSpaceAfter=No\n"));
}

static void add_word(Buffer *out, const Word *word)
{
    add_field(out, word->form);
    add_field(out, word->lemma);
    add_field(out, str_of(upos_name(word->upos)));
    add_field(out, (Str){ NULL, 0 });
    add_field(out, word->features);
    if (word->head == RELATO_NONE)
        buffer_add(out, STR("\t_\t_"));
    else {
        buffer_format(out, "\t%u", (unsigned)word->head);
        add_field(out, word->relation);
    }
}

static void add_token(Buffer *out, const Document *document, const Token *token, uint32_t id)
{
    bool multiword = token->word_count > 1;
    if (multiword) {
        buffer_format(out, "%u-%u", (unsigned)id, (unsigned)(id + token->word_count - 1));
        add_field(out, token_str(document, token));
        buffer_add(out, STR("\t_\t_\t_\t_\t_\t_"));
        add_misc(out, token);
    }
    for (uint32_t i = 0; i < token->word_count; i++) {
        buffer_format(out, "%u", (unsigned)(id + i));
        add_word(out, &document->words[token->first_word + i]);
        if (multiword)
            buffer_add(out, STR("\t_\t_\n"));
        else
            add_misc(out, token);
    }
}

void output_conllu(Buffer *out, const Document *document)
{
    for (size_t s = 0; s < document->sentence_count; s++) {
        const Sentence *sentence = &document->sentences[s];
        if (sentence->opens_paragraph)
            buffer_add(out, STR("# newpar\n"));
        buffer_format(out, "# sent_id = %zu\n# text = ", s + 1);
        buffer_add(out, str_slice(document->text, sentence->start, sentence->end));
        buffer_byte(out, '\n');
        for (uint32_t i = 0; i < sentence->token_count; i++) {
            const Token *token = &document->tokens[sentence->first_token + i];
            add_token(out, document, token, token->first_word - sentence->first_word + 1);
        }
        buffer_byte(out, '\n');
    }
}
