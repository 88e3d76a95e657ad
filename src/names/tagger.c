#include "names/tagger.h"

#include "core/mapping.h"

bool names_tagger_open(NamesTagger *tagger, const char *path, RelatoError *error)
{
    TaggerHeader header = { 0 };
    if (!mapping_open(&tagger->file, path, error))
        return false;
    bool whole = tagger->file.size >= sizeof header;
    if (whole)
        memcpy(&header, tagger->file.at, sizeof header);
    whole = whole && memcmp(header.magic, TAGGER_MAGIC, sizeof header.magic) == 0 && header.version == TAGGER_VERSION &&
            header.rows && (header.rows & (header.rows - 1)) == 0 &&
            tagger->file.size == sizeof header + (TAG_COUNT + (size_t)header.rows) * TAG_LANES * sizeof(int16_t);
    if (!whole) {
        names_tagger_close(tagger);
        return error_set(error, RELATO_ERROR_LEXICON, 0, SIZE_MAX, "%s is no tagger of names of this version", path);
    }
    tagger->rows = header.rows;
    tagger->transitions = (const int16_t *)(const void *)(tagger->file.at + sizeof header);
    tagger->weights = tagger->transitions + TAG_COUNT * TAG_LANES;
    return true;
}

void names_tagger_close(NamesTagger *tagger)
{
    mapping_close(tagger->file);
    *tagger = (NamesTagger){ 0 };
}

void tagger_decode(const int32_t *transitions, const int32_t *scores, size_t count, uint8_t *back, uint8_t *tags)
{
    int32_t best[TAG_COUNT], next[TAG_COUNT];
    for (int tag = 0; tag < TAG_COUNT; tag++)
        best[tag] = tag < TAG_INSIDE ? scores[tag] : INT32_MIN / 2;
    for (size_t i = 1; i < count; i++) {
        for (int tag = 0; tag < TAG_COUNT; tag++) {
            int from = -1;
            int32_t most = INT32_MIN;
            for (int before = 0; before < TAG_COUNT; before++) {
                int32_t score = best[before] + transitions[before * TAG_LANES + tag];
                if (tag_follows(before, tag) && score > most) {
                    most = score;
                    from = before;
                }
            }
            next[tag] = most + scores[i * TAG_LANES + (size_t)tag];
            back[i * TAG_LANES + (size_t)tag] = (uint8_t)from;
        }
        memcpy(best, next, sizeof best);
    }
    int tag = 0;
    for (int other = 1; other < TAG_COUNT; other++)
        tag = best[other] > best[tag] ? other : tag;
    for (size_t i = count; i-- > 0;) {
        tags[i] = (uint8_t)tag;
        tag = i ? back[i * TAG_LANES + (size_t)tag] : 0;
    }
}
