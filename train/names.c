/* Trains the tagger of names (src/names/tagger.h): a conditional random field
 * (J. Lafferty et al., ICML 2001) over the stretches of texts with labelled names,
 * by AdaGrad; the weights are the mean of those on the way.
 *
 *     names OUT EPOCHS common|words LANGUAGE:FILE ... [--dev LANGUAGE:FILE ...]
 *
 * A FILE has one token a line, token and tag (IOB2) parted by a tab, a blank line
 * behind each sentence, and a line "# doc = ID" before each document. Texts are
 * read as Relato reads any report; what lexicon and rules propose is evidence, so
 * the weights belong to the lexicon and the models that they were trained with.
 * With "common" only features that hold in all languages take part, with "words"
 * those of single words too. The result depends on nothing but the files: examples
 * are shuffled by a fixed generator. The knowledge must hold no CODE.names.bin of
 * an older kind of features. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "names/evidence.h"
#include "names/names.h"
#include "read.h"

enum {
    ROWS = 1 << 16,
    LONGEST = 4096, /* words of a stretch, bytes of a line */
    LARGEST = 8000, /* bytes of a text, where documents are not marked */
    EVERY = 1000    /* examples between two weights that make the mean */
};

static const double RATE = 0.1, PENALTY = 0.001, IMPOSSIBLE = -1e9;

/* One stretch with its features and true tags. */
typedef struct Example {
    uint32_t **features; /* (count) */
    uint8_t *counts, *tags;
    size_t count;
} Example;

typedef struct Examples {
    Example *items;
    size_t count, capacity;
} Examples;

/* A text with the spans of its names. */
typedef struct Labelled {
    char *bytes;
    size_t size, capacity;
    struct {
        Span span;
        RelatoEntityType type;
    } * names;
    size_t name_count, name_capacity;
} Labelled;

typedef struct Trainer {
    double weights[ROWS][TAG_LANES], squares[ROWS][TAG_LANES]; /* and sums of squared gradients */
    double transitions[TAG_COUNT * TAG_LANES], transition_squares[TAG_COUNT * TAG_LANES];
    double collected; /* how often, for a mean */
} Trainer;

static void *grow(void *array, size_t *capacity, size_t size)
{
    *capacity = *capacity ? 2 * *capacity : 64;
    array = realloc(array, *capacity * size);
    if (!array) {
        fputs("names: out of memory\n", stderr);
        exit(1);
    }
    return array;
}

/* ---- texts ------------------------------------------------------------------------ */

static void put_bytes(Labelled *text, const char *bytes)
{
    for (; *bytes; bytes++) {
        if (text->size + 1 >= text->capacity)
            text->bytes = grow(text->bytes, &text->capacity, 1);
        text->bytes[text->size++] = *bytes;
    }
}

/* True if running text has no space before the token. */
static bool leans(const char *token)
{
    static const char *const signs[] = { ",", ".", ";", ":", "!", "?", ")", "»", "%", "'s", NULL };
    for (size_t i = 0; signs[i]; i++)
        if (!strcmp(token, signs[i]))
            return true;
    return false;
}

static void put_token(Labelled *text, const char *token, const char *tag)
{
    static const char *const types[] = { "PER", "ORG", "LOC" };
    bool line = text->size == 0 || text->bytes[text->size - 1] == '\n';
    bool opened = !line && (text->bytes[text->size - 1] == '(' ||
                            (text->size > 2 && !memcmp(text->bytes + text->size - 2, "\xc2\xab", 2)));
    if (!line && !leans(token) && !opened)
        put_bytes(text, " ");
    uint32_t start = (uint32_t)text->size;
    put_bytes(text, token);
    for (int type = 0; type < 3; type++) {
        if (tag[0] == 'O' || strcmp(tag + 2, types[type]))
            continue;
        if (tag[0] == 'I' && text->name_count) {
            text->names[text->name_count - 1].span.end = (uint32_t)text->size;
        } else {
            if (text->name_count == text->name_capacity)
                text->names = grow(text->names, &text->name_capacity, sizeof *text->names);
            text->names[text->name_count].type = (RelatoEntityType)type;
            text->names[text->name_count++].span = (Span){ start, (uint32_t)text->size };
        }
    }
}

/* ---- examples --------------------------------------------------------------------- */

/* The true tag of a token. */
static uint8_t tag_of(const Labelled *text, const Token *token)
{
    for (size_t i = 0; i < text->name_count; i++) {
        Span span = text->names[i].span;
        if (token->start < span.end && token->end > span.start)
            return (uint8_t)(text->names[i].type + (token->start <= span.start ? TAG_BEGIN : TAG_INSIDE));
    }
    return TAG_NONE;
}

static void add_example(Examples *examples, Evidence *evidence, const Document *document, const Stretch *stretch,
                        const Labelled *text, bool words)
{
    if (examples->count == examples->capacity)
        examples->items = grow(examples->items, &examples->capacity, sizeof *examples->items);
    Example *example = &examples->items[examples->count++];
    example->count = stretch->end - stretch->first;
    example->features = calloc(example->count, sizeof *example->features);
    example->counts = calloc(example->count, 1);
    example->tags = calloc(example->count, 1);
    for (size_t i = 0; i < example->count; i++) {
        uint32_t features[MOST_FEATURES];
        size_t common, count = evidence_features(evidence, stretch, stretch->first + i, features, &common);
        count = words ? count : common;
        example->counts[i] = (uint8_t)count;
        example->features[i] = malloc(count * sizeof **example->features);
        for (size_t f = 0; f < count; f++)
            example->features[i][f] = features[f] & (ROWS - 1);
        example->tags[i] = tag_of(text, &document->tokens[stretch->first + i]);
        if (example->tags[i] >= TAG_INSIDE && (i == 0 || !tag_follows(example->tags[i - 1], example->tags[i])))
            example->tags[i] = (uint8_t)(example->tags[i] - TAG_INSIDE + TAG_BEGIN);
    }
}

static void read_text(Examples *examples, const RelatoKnowledge *knowledge, const char *language, Labelled *text,
                      bool words)
{
    RelatoError error = { 0 };
    RelatoRecord record = { .bytes = text->bytes, .size = text->size, .format = RELATO_FORMAT_TEXT, .name = "text" };
    RelatoReadOptions options = { .language = language };
    RelatoReading *reading = text->size ? relato_read(knowledge, &record, &options, &error) : NULL;
    if (!reading) {
        if (text->size)
            fprintf(stderr, "names: %s\n", error.message);
        return;
    }
    Document *document = &reading->document;
    if (document->text.size > text->size || memcmp(document->text.at, text->bytes, document->text.size - 1)) {
        fprintf(stderr, "names: a text is not read as it stands\n");
    } else if (setjmp(reading->escape) == 0) {
        Search search = names_propose(document, reading->language);
        Evidence *evidence = evidence_of(&search);
        Stretch stretch;
        for (size_t from = 0; evidence_stretch(evidence, from, &stretch); from = stretch.end)
            if (!search_shouts(&search, &document->sentences[document_sentence_of(document, stretch.first)]))
                add_example(examples, evidence, document, &stretch, text, words);
    }
    relato_reading_free(reading);
    text->size = text->name_count = 0;
}

static void read_file(Examples *examples, const RelatoKnowledge *knowledge, const char *language, const char *path,
                      bool words)
{
    static char line[LONGEST];
    Labelled text = { 0 };
    FILE *file = fopen(path, "r");
    if (!file) {
        perror(path);
        exit(1);
    }
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\r\n")] = '\0';
        char *tab = strchr(line, '\t');
        if (!tab && line[0] == '#') {
            if (!strncmp(line, "# doc", 5))
                read_text(examples, knowledge, language, &text, words);
        } else if (!tab) {
            if (text.size && text.bytes[text.size - 1] != '\n')
                put_bytes(&text, "\n");
            if (text.size > LARGEST)
                read_text(examples, knowledge, language, &text, words);
        } else {
            *tab = '\0';
            put_token(&text, line, tab + 1);
        }
    }
    read_text(examples, knowledge, language, &text, words);
    fclose(file);
    free(text.bytes);
    free(text.names);
}

/* ---- training --------------------------------------------------------------------- */

static double log_sum(const double *values, size_t count)
{
    double most = values[0], sum = 0;
    for (size_t i = 1; i < count; i++)
        most = fmax(most, values[i]);
    for (size_t i = 0; i < count; i++)
        sum += exp(values[i] - most);
    return most + log(sum);
}

static void score(const Trainer *trainer, const Example *example, double *scores)
{
    for (size_t i = 0; i < example->count; i++)
        for (size_t tag = 0; tag < TAG_COUNT; tag++) {
            double sum = i == 0 && tag >= TAG_INSIDE ? IMPOSSIBLE : 0;
            for (size_t f = 0; f < example->counts[i]; f++)
                sum += trainer->weights[example->features[i][f]][tag];
            scores[i * TAG_LANES + tag] = sum;
        }
}

static double step_to(const Trainer *trainer, size_t tag, size_t next)
{
    return tag_follows((int)tag, (int)next) ? trainer->transitions[tag * TAG_LANES + next] : IMPOSSIBLE;
}

/* Log sums of all ways up to each tag of each word, and from it on. */
static void pass(const Trainer *trainer, const double *scores, size_t count, double *before, double *behind)
{
    double ways[TAG_COUNT];
    memcpy(before, scores, TAG_LANES * sizeof *scores);
    for (size_t i = 1; i < count; i++)
        for (size_t tag = 0; tag < TAG_COUNT; tag++) {
            for (size_t from = 0; from < TAG_COUNT; from++)
                ways[from] = before[(i - 1) * TAG_LANES + from] + step_to(trainer, from, tag);
            before[i * TAG_LANES + tag] = log_sum(ways, TAG_COUNT) + scores[i * TAG_LANES + tag];
        }
    for (size_t i = count; i-- > 0;)
        for (size_t tag = 0; tag < TAG_COUNT; tag++) {
            for (size_t next = 0; i + 1 < count && next < TAG_COUNT; next++)
                ways[next] = behind[(i + 1) * TAG_LANES + next] + scores[(i + 1) * TAG_LANES + next] +
                             step_to(trainer, tag, next);
            behind[i * TAG_LANES + tag] = i + 1 < count ? log_sum(ways, TAG_COUNT) : 0;
        }
}

/* One step of AdaGrad (J. Duchi et al., JMLR 12, 2011) on a weight. */
static void change(double *weight, double *squares, double gradient)
{
    gradient -= PENALTY * *weight;
    *squares += gradient * gradient;
    *weight += RATE * gradient / sqrt(1 + *squares);
}

static double learn(Trainer *trainer, const Example *example)
{
    static double scores[LONGEST * TAG_LANES], before[LONGEST * TAG_LANES], behind[LONGEST * TAG_LANES];
    double truth = 0, gradient[TAG_COUNT], steps[TAG_COUNT * TAG_LANES] = { 0 };
    size_t count = example->count;
    score(trainer, example, scores);
    pass(trainer, scores, count, before, behind);
    double all = log_sum(&before[(count - 1) * TAG_LANES], TAG_COUNT);
    for (size_t i = 0; i < count; i++) {
        truth += scores[i * TAG_LANES + example->tags[i]] +
                 (i ? step_to(trainer, example->tags[i - 1], example->tags[i]) : 0);
        for (size_t tag = 0; i && tag < TAG_COUNT; tag++)
            for (size_t next = 0; next < TAG_COUNT; next++)
                steps[tag * TAG_LANES + next] += (tag == example->tags[i - 1] && next == example->tags[i]) -
                                                 exp(before[(i - 1) * TAG_LANES + tag] + step_to(trainer, tag, next) +
                                                     scores[i * TAG_LANES + next] + behind[i * TAG_LANES + next] - all);
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t tag = 0; tag < TAG_COUNT; tag++)
            gradient[tag] =
                (tag == example->tags[i]) - exp(before[i * TAG_LANES + tag] + behind[i * TAG_LANES + tag] - all);
        for (size_t f = 0; f < example->counts[i]; f++) {
            uint32_t row = example->features[i][f];
            for (size_t tag = 0; tag < TAG_COUNT; tag++)
                change(&trainer->weights[row][tag], &trainer->squares[row][tag], gradient[tag]);
        }
    }
    for (size_t i = 0; i < TAG_COUNT * TAG_LANES; i++)
        if (steps[i] != 0)
            change(&trainer->transitions[i], &trainer->transition_squares[i], steps[i]);
    return all - truth;
}

static void decode(const Trainer *trainer, const Example *example, uint8_t *tags)
{
    static double scores[LONGEST * TAG_LANES];
    static int32_t rounded[LONGEST * TAG_LANES], steps[TAG_COUNT * TAG_LANES];
    static uint8_t back[LONGEST * TAG_LANES];
    for (size_t i = 0; i < TAG_COUNT * TAG_LANES; i++)
        steps[i] = (int32_t)lround(trainer->transitions[i] * 4096);
    score(trainer, example, scores);
    for (size_t i = 0; i < example->count * TAG_LANES; i++)
        rounded[i] = (int32_t)lround(fmax(scores[i], -10000) * 4096);
    tagger_decode(steps, rounded, example->count, back, tags);
}

static void shuffle(Examples *examples, uint64_t *state)
{
    for (size_t i = examples->count; i > 1; i--) {
        *state = *state * 6364136223846793005u + 1442695040888963407u;
        size_t other = (size_t)(*state >> 33) % i;
        Example kept = examples->items[i - 1];
        examples->items[i - 1] = examples->items[other];
        examples->items[other] = kept;
    }
}

/* Share of words with a name in truth or guess that are tagged right. */
static double accuracy(const Trainer *trainer, const Examples *examples)
{
    static uint8_t tags[LONGEST];
    size_t right = 0, all = 0;
    for (size_t e = 0; e < examples->count; e++) {
        const Example *example = &examples->items[e];
        decode(trainer, example, tags);
        for (size_t i = 0; i < example->count; i++) {
            all += tags[i] || example->tags[i];
            right += tags[i] && tags[i] == example->tags[i];
        }
    }
    return all ? (double)right / (double)all : 0;
}

/* Adds the weights to those of earlier steps; their mean is better than any of them. */
static void collect(const Trainer *trainer, Trainer *mean)
{
    for (size_t i = 0; i < ROWS; i++)
        for (size_t tag = 0; tag < TAG_LANES; tag++)
            mean->weights[i][tag] += trainer->weights[i][tag];
    for (size_t i = 0; i < TAG_COUNT * TAG_LANES; i++)
        mean->transitions[i] += trainer->transitions[i];
    mean->collected++;
}

static void divide(Trainer *mean, double by)
{
    for (size_t i = 0; i < ROWS; i++)
        for (size_t tag = 0; tag < TAG_LANES; tag++)
            mean->weights[i][tag] /= by;
    for (size_t i = 0; i < TAG_COUNT * TAG_LANES; i++)
        mean->transitions[i] /= by;
}

static void train(Trainer *trainer, Trainer *mean, Examples *examples, const Examples *held_out, int epochs)
{
    uint64_t state = 20240101;
    for (int epoch = 0; epoch < epochs; epoch++) {
        double loss = 0;
        shuffle(examples, &state);
        for (size_t e = 0; e < examples->count; e++) {
            loss += learn(trainer, &examples->items[e]);
            if (e % EVERY == 0)
                collect(trainer, mean);
        }
        printf("epoch %d: loss %.4f", epoch + 1, loss / (double)examples->count);
        if (held_out->count)
            printf(", held out %.2f %% of name words right", 100 * accuracy(mean, held_out));
        printf("\n");
    }
}

static void write_weights(const Trainer *trainer, const char *path)
{
    double most = 1e-9;
    for (size_t i = 0; i < ROWS; i++)
        for (size_t tag = 0; tag < TAG_LANES; tag++)
            most = fmax(most, fabs(trainer->weights[i][tag]));
    for (size_t i = 0; i < TAG_COUNT * TAG_LANES; i++)
        most = fmax(most, fabs(trainer->transitions[i]));
    double scale = 32000 / most;
    FILE *file = fopen(path, "wb");
    if (!file) {
        perror(path);
        exit(1);
    }
    TaggerHeader header = { TAGGER_MAGIC, TAGGER_VERSION, ROWS };
    fwrite(&header, sizeof header, 1, file);
    for (size_t i = 0; i < TAG_COUNT * TAG_LANES; i++) {
        int16_t weight = (int16_t)lround(trainer->transitions[i] * scale);
        fwrite(&weight, sizeof weight, 1, file);
    }
    for (size_t i = 0; i < ROWS; i++)
        for (size_t tag = 0; tag < TAG_LANES; tag++) {
            int16_t weight = (int16_t)lround(trainer->weights[i][tag] * scale);
            fwrite(&weight, sizeof weight, 1, file);
        }
    if (fclose(file)) {
        perror(path);
        exit(1);
    }
}

static void read_argument(Examples *examples, const RelatoKnowledge *knowledge, char *argument, bool words)
{
    char *colon = strchr(argument, ':');
    if (!colon) {
        fprintf(stderr, "names: %s: no language before it\n", argument);
        exit(2);
    }
    *colon = '\0';
    read_file(examples, knowledge, argument, colon + 1, words);
}

int main(int count, char **arguments)
{
    static Trainer trainer, mean;
    Examples examples = { 0 }, held_out = { 0 }, *list = &examples;
    RelatoError error = { 0 };
    if (count < 5) {
        fputs("usage: names OUT EPOCHS common|words LANGUAGE:FILE ... [--dev LANGUAGE:FILE ...]\n", stderr);
        return 2;
    }
    RelatoKnowledge *knowledge = relato_knowledge_open(NULL, NULL, 0, &error);
    if (!knowledge) {
        fprintf(stderr, "names: %s\n", error.message);
        return 1;
    }
    for (int i = 4; i < count; i++) {
        if (!strcmp(arguments[i], "--dev"))
            list = &held_out;
        else
            read_argument(list, knowledge, arguments[i], !strcmp(arguments[3], "words"));
    }
    printf("%zu stretches, %zu held out\n", examples.count, held_out.count);
    train(&trainer, &mean, &examples, &held_out, atoi(arguments[2]));
    divide(&mean, mean.collected);
    write_weights(&mean, arguments[1]);
    relato_knowledge_close(knowledge);
    return 0;
}
