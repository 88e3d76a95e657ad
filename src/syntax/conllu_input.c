#include "syntax/conllu_input.h"

#include "core/utf8.h"

enum { COLUMNS = 10, MOST_WORDS = 100000 };

typedef struct Input {
    Document *document;
    Error *error;
    size_t line;
    Str given;              /* "# text" of the sentence; at NULL: none */
    bool opens;             /* the next sentence opens a paragraph */
    bool inside;            /* a word of the sentence has been read */
    bool spaced;            /* white space stands before the next token */
    size_t at;              /* end of the last token in the text */
    uint32_t multiword_end; /* last word of the multiword token, if it is still open */
    struct {
        char *items;
        size_t count, capacity;
    } text;
    struct {
        Sentence *items;
        size_t count, capacity;
    } sentences;
    struct {
        Token *items;
        size_t count, capacity;
    } tokens;
    struct {
        Word *items;
        size_t count, capacity;
    } words;
} Input;

static bool fail(const Input *input, const char *message)
{
    return error_set(input->error, RELATO_ERROR_INPUT, input->line, SIZE_MAX, "%s", message);
}

static void add_text(Input *input, Str s)
{
    Arena *arena = input->document->arena;
    size_t needed = input->text.count + s.size, capacity = input->text.capacity;
    if (needed > capacity) {
        capacity = needed > 2 * capacity ? needed + 1024 : 2 * capacity;
        input->text.items = arena_grow(arena, input->text.items, input->text.capacity, capacity, 1);
        input->text.capacity = capacity;
    }
    if (s.size)
        memcpy(input->text.items + input->text.count, s.at, s.size);
    input->text.count += s.size;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* ---- sentences ------------------------------------------------------------ */

static void open_sentence(Input *input)
{
    if (input->text.count)
        add_text(input, input->opens ? STR("\n") : STR(" "));
    input->at = input->text.count;
    if (input->given.at)
        add_text(input, input->given);
    *ARENA_PUSH(input->document->arena, &input->sentences) = (Sentence){
        .start = (uint32_t)input->at,
        .first_token = (uint32_t)input->tokens.count,
        .first_word = (uint32_t)input->words.count,
        .opens_paragraph = input->opens || input->sentences.count == 0,
    };
    input->inside = true;
    input->spaced = false;
    input->opens = false;
    input->multiword_end = 0;
}

static bool close_sentence(Input *input)
{
    if (!input->inside)
        return true;
    Sentence *sentence = &input->sentences.items[input->sentences.count - 1];
    sentence->token_count = (uint32_t)input->tokens.count - sentence->first_token;
    sentence->word_count = (uint32_t)input->words.count - sentence->first_word;
    if (sentence->word_count < input->multiword_end)
        return fail(input, "the sentence ends inside a multiword token");
    if (input->given.at &&
        str_trim(str_slice((Str){ input->text.items, input->text.count }, input->at, input->text.count)).size)
        return fail(input, "the sentence ends before its text");
    input->text.count = input->at;
    sentence->end = (uint32_t)input->at;
    input->inside = false;
    input->given = (Str){ NULL, 0 };
    return true;
}

static void read_comment(Input *input, Str line)
{
    Str content = str_trim(str_slice(line, 1, line.size));
    Str name = str_trim(str_cut(&content, '='));
    if (str_equal(name, STR("text")) && content.at)
        input->given = utf8_normalise(input->document->arena, str_trim(content));
    else if (str_equal(name, STR("newpar")) || str_starts(name, STR("newpar ")) || str_equal(name, STR("newdoc")) ||
             str_starts(name, STR("newdoc ")))
        input->opens = true;
}

/* ---- tokens and words ----------------------------------------------------- */

/* Finds the form behind the last token in the given text, or adds it to the text. */
static bool place_form(Input *input, Str form)
{
    if (!input->given.at) {
        if (input->spaced)
            add_text(input, STR(" "));
        input->at = input->text.count;
        add_text(input, form);
        return true;
    }
    Str text = { input->text.items, input->text.count };
    while (input->at < text.size && is_blank(text.at[input->at]))
        input->at++;
    return str_starts(str_slice(text, input->at, text.size), form) ||
           error_set(input->error, RELATO_ERROR_INPUT, input->line, SIZE_MAX,
                     "\"%.*s\" is not next in the sentence's text", STR_ARGUMENTS(form));
}

static bool add_token(Input *input, Str form, Str misc, uint32_t word_count)
{
    if (!place_form(input, form))
        return false;
    *ARENA_PUSH(input->document->arena, &input->tokens) = (Token){
        .start = (uint32_t)input->at,
        .end = (uint32_t)(input->at + form.size),
        .first_word = (uint32_t)input->words.count,
        .word_count = (uint16_t)word_count,
    };
    input->at += form.size;
    input->spaced = true;
    while (misc.at)
        if (str_equal(str_cut(&misc, '|'), STR("SpaceAfter=No")))
            input->spaced = false;
    return true;
}

/* Reads a number from 1 to MOST_WORDS; 0 if it is none. */
static uint32_t read_number(Str s)
{
    uint32_t number = 0;
    for (size_t i = 0; i < s.size; i++) {
        if (s.at[i] < '0' || s.at[i] > '9' || number > MOST_WORDS)
            return 0;
        number = 10 * number + (uint32_t)(s.at[i] - '0');
    }
    return number <= MOST_WORDS ? number : 0;
}

static bool read_multiword(Input *input, Str id, Str form, Str misc, uint32_t next)
{
    uint32_t first = read_number(str_cut(&id, '-')), last = id.at ? read_number(id) : 0;
    if (first != next || last <= first || first <= input->multiword_end || last - first >= UINT16_MAX)
        return fail(input, "its range of words is not in order");
    input->multiword_end = last;
    return add_token(input, form, misc, last - first + 1);
}

static bool read_word(Input *input, Str line)
{
    Str columns[COLUMNS];
    size_t count = 0;
    for (; line.at && count < COLUMNS; count++)
        columns[count] = str_cut(&line, '\t');
    if (count < COLUMNS || line.at)
        return fail(input, "the line has not the ten columns of CoNLL-U");
    Str id = columns[0], misc = columns[COLUMNS - 1];
    Str form = utf8_normalise(input->document->arena, str_trim(columns[1]));
    if (str_find_byte(id, '.', 0) < id.size)
        return true;
    if (!form.size)
        return fail(input, "the form is empty");
    if (!input->inside)
        open_sentence(input);
    uint32_t next = (uint32_t)input->words.count - input->sentences.items[input->sentences.count - 1].first_word + 1;
    if (str_find_byte(id, '-', 0) < id.size)
        return read_multiword(input, id, form, misc, next);
    if (read_number(id) != next)
        return fail(input, "the number of the word is not in order");
    if (next > input->multiword_end && !add_token(input, form, misc, 1))
        return false;
    *ARENA_PUSH(input->document->arena, &input->words) = (Word){
        .form = str_copy(input->document->arena, form),
        .head = RELATO_NONE,
        .token = (uint32_t)input->tokens.count - 1,
    };
    return true;
}

/* ---- the whole ------------------------------------------------------------ */

static bool read_line(Input *input, Str line)
{
    if (line.size && line.at[line.size - 1] == '\r')
        line.size--;
    if (str_trim(line).size == 0)
        return close_sentence(input);
    if (line.at[0] != '#')
        return read_word(input, line);
    if (!input->inside)
        read_comment(input, line);
    return true;
}

static void deliver(const Input *input)
{
    Document *document = input->document;
    document->text = (Str){ input->text.items, input->text.count };
    document->sentences = input->sentences.items;
    document->sentence_count = input->sentences.count;
    document->tokens = input->tokens.items;
    document->token_count = input->tokens.count;
    document->words = input->words.items;
    document->word_count = input->words.count;
    document->words_given = true;
}

bool conllu_input(Document *document, Str bytes, Error *error)
{
    Input input = { .document = document, .error = error };
    size_t broken = utf8_invalid(bytes);
    if (broken < bytes.size)
        return error_set(error, RELATO_ERROR_INPUT, 0, broken, "byte %zu is not UTF-8", broken);
    while (bytes.at) {
        input.line++;
        if (!read_line(&input, str_cut(&bytes, '\n')))
            return false;
        if (input.text.count > RELATO_REPORT_LIMIT)
            return error_set(error, RELATO_ERROR_LIMIT, input.line, SIZE_MAX, "its text is longer than %u MB",
                             RELATO_REPORT_LIMIT >> 20);
    }
    if (!close_sentence(&input))
        return false;
    if (!input.sentences.count)
        return error_set(error, RELATO_ERROR_INPUT, 0, SIZE_MAX, "it holds no sentence");
    deliver(&input);
    return true;
}
