#include "syntax/model.h"

#include <stdio.h>

#include "core/mapping.h"

/* ---- the file ------------------------------------------------------------ */

enum { VERSION = 1, BYTE_ORDER_MARK = 0x01020304, TAGS = UPOS_COUNT - 1, DISTANCES = 33 };

typedef struct Header {
    char magic[8]; /* "RELATOSY" */
    uint32_t version, byte_order, section_count, unused;
    uint64_t file_size;
} Header;

typedef struct Section {
    char name[24];         /* zero-filled */
    uint64_t offset, size; /* bytes; offset is a multiple of 64 */
} Section;

typedef struct File {
    const char *bytes;
    size_t size;
    const Section *sections;
    size_t section_count;
    Error *error;
    bool sound; /* nothing missing so far */
} File;

static bool fault(File *file, const char *what, const char *name)
{
    if (file->sound)
        error_set(file->error, RELATO_ERROR_LEXICON, 0, SIZE_MAX, "model: %s%s%s", what, *name ? " " : "", name);
    return file->sound = false;
}

/* Section `name`, which must hold `count` elements of `size` bytes (SIZE_MAX:
 * any number, put into *found). Returns NULL and notes the fault if not. */
static const void *section(File *file, const char *name, size_t size, size_t count, size_t *found)
{
    for (size_t i = 0; i < file->section_count; i++) {
        const Section *s = &file->sections[i];
        if (strncmp(s->name, name, sizeof s->name) != 0)
            continue;
        if (s->offset % 64 || s->offset > file->size || s->size > file->size - s->offset || s->size % size ||
            (count != SIZE_MAX && s->size / size != count)) {
            fault(file, "wrong size of section", name);
            return NULL;
        }
        if (found)
            *found = s->size / size;
        return file->bytes + s->offset;
    }
    fault(file, "no section", name);
    return NULL;
}

static const float *floats(File *file, const char *name, size_t count)
{
    return section(file, name, sizeof(float), count, NULL);
}

static Matrix matrix(File *file, const char *name, size_t rows, size_t columns, bool biased)
{
    char full[24];
    columns = (columns + PANEL - 1) / PANEL * PANEL;
    Matrix m = { .rows = rows, .columns = columns };
    m.panels = section(file, name, sizeof(int16_t), rows * columns, NULL);
    snprintf(full, sizeof full, "%s.scale", name);
    m.scales = floats(file, full, columns);
    snprintf(full, sizeof full, "%s.bias", name);
    if (biased)
        m.bias = floats(file, full, columns);
    return m;
}

static Strings strings(File *file, const char *name)
{
    char full[24];
    Strings s = { 0 };
    size_t starts = 0, bytes = 0;
    s.bytes = section(file, name, 1, SIZE_MAX, &bytes);
    snprintf(full, sizeof full, "%s.starts", name);
    s.starts = section(file, full, sizeof(uint32_t), SIZE_MAX, &starts);
    if (!file->sound)
        return s;
    bool rising = starts > 0 && s.starts[0] == 0 && s.starts[starts - 1] == bytes;
    for (size_t i = 1; rising && i < starts; i++)
        rising = s.starts[i - 1] <= s.starts[i];
    if (!rising)
        fault(file, "broken section", full);
    s.count = starts - 1;
    return s;
}

static Rows rows(File *file, const char *name, size_t size)
{
    char full[24];
    Rows r = { 0 };
    snprintf(full, sizeof full, "%s.scales", name);
    r.scales = section(file, full, sizeof(float), SIZE_MAX, &r.count);
    if (file->sound)
        r.weights = section(file, name, 1, r.count * size, NULL);
    if (file->sound && r.count == 0)
        fault(file, "empty section", name);
    return r;
}

/* A table of keys whose values are below `limit`. */
static Keys keys(File *file, const char *name, size_t limit)
{
    char full[24];
    Keys k = { 0 };
    snprintf(full, sizeof full, "%s.keys", name);
    k.keys = section(file, full, sizeof(uint64_t), SIZE_MAX, &k.capacity);
    snprintf(full, sizeof full, "%s.values", name);
    k.values = section(file, full, sizeof(uint32_t), k.capacity, NULL);
    if (!file->sound)
        return k;
    size_t used = 0;
    bool good = k.capacity > 0 && (k.capacity & (k.capacity - 1)) == 0;
    for (size_t i = 0; good && i < k.capacity; i++) {
        used += k.keys[i] != 0;
        good = k.values[i] < limit;
    }
    if (!good || used == k.capacity)
        fault(file, "broken table", name);
    return k;
}

/* For each tag where its part of a list of `count` begins. */
static const uint32_t *firsts(File *file, const char *name, size_t count)
{
    const uint32_t *first = section(file, name, sizeof(uint32_t), TAGS + 1, NULL);
    if (!file->sound)
        return NULL;
    bool rising = first[0] == 0 && first[TAGS] == count;
    for (size_t i = 0; rising && i < TAGS; i++)
        rising = first[i] <= first[i + 1];
    if (!rising)
        fault(file, "broken section", name);
    return first;
}

/* ---- the parts of the model ---------------------------------------------- */

static void read_shape(SyntaxModel *model, File *file)
{
    const uint32_t *shape = section(file, "shape", sizeof(uint32_t), 5, NULL);
    if (!shape)
        return;
    model->width = shape[0];
    model->layer_count = shape[1];
    model->arc_width = shape[2];
    model->relation_width = shape[3];
    model->ends_width = shape[4];
    for (size_t i = 0; i < 5; i++)
        if (i != 1 && (shape[i] == 0 || shape[i] > 512 || shape[i] % (2 * PANEL)))
            fault(file, "unknown width", "");
    if (model->layer_count < 2 || model->layer_count > MODEL_LAYERS)
        fault(file, "unknown number of layers", "");
}

static void read_layer(Layer *layer, File *file, const char *kind, size_t i, size_t width)
{
    char name[24];
    snprintf(name, sizeof name, "%s%zu.gain", kind, i);
    layer->gain = floats(file, name, width);
    snprintf(name, sizeof name, "%s%zu.norm", kind, i);
    layer->bias = floats(file, name, width);
    snprintf(name, sizeof name, "%s%zu.taps", kind, i);
    layer->taps = floats(file, name, 3 * width);
    snprintf(name, sizeof name, "%s%zu.gates", kind, i);
    layer->gates = matrix(file, name, width, 3 * width, true);
}

static void read_encoder(SyntaxModel *model, File *file)
{
    size_t width = model->width;
    model->words = rows(file, "words", width / 2);
    model->pieces = rows(file, "pieces", width / 2);
    model->vocabulary = keys(file, "vocabulary", model->words.count);
    model->input = floats(file, "input", width);
    for (size_t i = 0; i < model->layer_count; i++)
        read_layer(&model->layers[i], file, "layer", i, width);
}

static void read_ends(SyntaxModel *model, File *file)
{
    size_t width = model->ends_width;
    model->ends_gain = floats(file, "ends.gain", model->width);
    model->ends_bias = floats(file, "ends.norm", model->width);
    model->ends_reduce = matrix(file, "ends.reduce", model->width, width, true);
    for (size_t i = 0; i < ENDS_LAYERS; i++)
        read_layer(&model->ends_layers[i], file, "ends.layer", i, width);
    model->ends_last_gain = floats(file, "ends.last.gain", width);
    model->ends_last_bias = floats(file, "ends.last.norm", width);
    model->ends = matrix(file, "ends", width, 1, true);
}

static void read_tagger(SyntaxModel *model, File *file)
{
    size_t width = model->width;
    model->tag_gain = floats(file, "tag.gain", width);
    model->tag_bias = floats(file, "tag.norm", width);
    model->upos = matrix(file, "upos", width, TAGS, true);
    model->feedback = matrix(file, "feedback", model->upos.columns, width, false);
    model->features = strings(file, "features");
    model->bundle_first = firsts(file, "bundle.first", model->features.count);
    model->bundle_weights = floats(file, "bundle", model->features.count * width);
    model->bundle_biases = floats(file, "bundle.bias", model->features.count);
}

static void read_lemmas(SyntaxModel *model, File *file)
{
    model->scripts = strings(file, "scripts");
    size_t allowed = 0, scripts = model->scripts.count;
    model->lemmas = keys(file, "lemmas", scripts + 1);
    model->script_allowed = section(file, "script.allowed", sizeof(uint32_t), SIZE_MAX, &allowed);
    model->script_first = firsts(file, "script.first", allowed);
    for (size_t i = 0; file->sound && i < allowed; i++)
        if (model->script_allowed[i] >= scripts)
            fault(file, "broken section", "script.allowed");
    model->script_weights = floats(file, "script", scripts * model->width);
    model->script_biases = floats(file, "script.bias", TAGS * scripts);
}

static void read_parser(SyntaxModel *model, File *file)
{
    size_t width = model->width, arc = model->arc_width, relation = model->relation_width;
    model->tree_gain = floats(file, "tree.gain", width);
    model->tree_bias = floats(file, "tree.norm", width);
    model->dependent = matrix(file, "dependent", width, arc, true);
    model->head = matrix(file, "head", width, arc, true);
    model->biaffine = matrix(file, "biaffine", arc, arc, false);
    model->head_bias = floats(file, "head.weight", arc);
    model->root = floats(file, "root", arc);
    model->distance = floats(file, "distance", DISTANCES);
    model->relations = strings(file, "relations");
    model->relation_dependent = matrix(file, "relation.child", width, relation, true);
    model->relation_head = matrix(file, "relation.head", width, relation, true);
    model->relation_root = floats(file, "relation.root", relation);
    model->relation = matrix(file, "relation", relation, model->relations.count, true);
    if (file->sound && model->relations.count == 0)
        fault(file, "no relations", "");
}

static void read_about(SyntaxModel *model, File *file)
{
    size_t size = 0;
    const char *about = section(file, "about", 1, SIZE_MAX, &size);
    if (!about)
        return;
    Str rest = model->about = (Str){ about, size };
    while (rest.at) {
        Str line = str_cut(&rest, '\n');
        if (str_starts(line, STR("language: ")))
            model->language = str_slice(line, STR("language: ").size, line.size);
    }
}

static bool read_header(File *file)
{
    const Header *header = (const Header *)(const void *)file->bytes;
    if (file->size < sizeof *header || memcmp(header->magic, "RELATOSY", sizeof header->magic) != 0)
        return fault(file, "not a model of syntax", "");
    if (header->version != VERSION || header->byte_order != BYTE_ORDER_MARK)
        return fault(file, "made for another version or machine", "");
    if (header->file_size != file->size || header->section_count > (file->size - sizeof *header) / sizeof(Section))
        return fault(file, "incomplete", "");
    file->sections = (const Section *)(const void *)(file->bytes + sizeof *header);
    file->section_count = header->section_count;
    return true;
}

bool syntax_model_open(SyntaxModel *model, const char *path, Error *error)
{
    *model = (SyntaxModel){ .kernels = matrix_kernels() };
    Str bytes;
    if (!mapping_open(&bytes, path, error))
        return false;
    model->map = bytes.at;
    model->map_size = bytes.size;
    File file = { .bytes = model->map, .size = model->map_size, .error = error, .sound = true };
    void (*const parts[])(SyntaxModel *, File *) = {
        read_about, read_shape, read_encoder, read_ends, read_tagger, read_lemmas, read_parser,
    };
    read_header(&file);
    for (size_t i = 0; file.sound && i < sizeof parts / sizeof *parts; i++)
        parts[i](model, &file);
    if (!file.sound)
        syntax_model_close(model);
    return file.sound;
}

void syntax_model_close(SyntaxModel *model)
{
    mapping_close((Str){ model->map, model->map_size });
    *model = (SyntaxModel){ 0 };
}

uint32_t keys_find(const Keys *table, uint64_t key)
{
    if (key == 0)
        return 0;
    for (size_t i = key & (table->capacity - 1);; i = (i + 1) & (table->capacity - 1)) {
        if (table->keys[i] == key)
            return table->values[i];
        if (table->keys[i] == 0)
            return 0;
    }
}
