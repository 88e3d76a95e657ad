#include "event/plover.h"

enum { MOST_MODES = 16 };

/* The scores are those of the manual's table, but for ACCUSE, where it lacks a minus. */
typedef struct Mode {
    const char *name;
    float score;
    const char *root; /* of CAMEO, if it is another than the type's */
} Mode;

typedef struct Type {
    const char *name;
    float score;
    uint8_t quad;
    const char *root;
    Mode modes[MOST_MODES]; /* up to one without a name */
} Type;

static const Type types[RELATO_EVENT_TYPE_COUNT] = {
    [RELATO_AGREE] = { "AGREE", 2.5F, 1, "03", { { 0 } } },
    [RELATO_CONSULT] = { "CONSULT",
                         2.5F,
                         1,
                         "04",
                         { { "visit", 4 }, { "third-party", 1 }, { "multilateral", 4 }, { "phone", 1.5F } } },
    [RELATO_SUPPORT] = { "SUPPORT", 5, 1, "05", { { 0 } } },
    [RELATO_CONCEDE] = { "CONCEDE", 4.5F, 1, "08", { { 0 } } },
    [RELATO_COOPERATE] = { "COOPERATE", 9.5F, 2, "06", { { 0 } } },
    [RELATO_AID] = { "AID", 10, 2, "07", { { 0 } } },
    [RELATO_RETREAT] = { "RETREAT",
                         6.5F,
                         2,
                         "08",
                         { { "withdraw", 8 },
                           { "release", 6.5F },
                           { "disarm", 10 },
                           { "ceasefire", 7.5F },
                           { "access", 6.5F },
                           { "resign", 4.5F } } },
    [RELATO_REQUEST] = { "REQUEST",
                         0,
                         3,
                         "10",
                         { { "assist", 0.5F }, { "change", -1 }, { "yield", -1 }, { "meet", 0 } } },
    [RELATO_ACCUSE] = { "ACCUSE",
                        -3,
                        3,
                        "11",
                        { { "disapprove", -2 }, { "investigate", -3.5F, "09" }, { "allege", -3.5F } } },
    [RELATO_REJECT] = { "REJECT",
                        -2,
                        3,
                        "12",
                        { { "assist", -1.5F }, { "change", -2 }, { "yield", -2 }, { "meet", -2 } } },
    [RELATO_THREATEN] = { "THREATEN",
                          -3.5F,
                          3,
                          "13",
                          { { "restrict", -3 },
                            { "arrest", -3.5F },
                            { "relations", -3.5F },
                            { "expel", -3.5F },
                            { "territory", -4 },
                            { "violence", -3.5F } } },
    [RELATO_PROTEST] = { "PROTEST",
                         -5,
                         4,
                         "14",
                         { { "demo", -5 },
                           { "riot", -7 },
                           { "strike", -5 },
                           { "hunger", -4.5F },
                           { "boycott", -4.5F },
                           { "obstruct", -4.5F },
                           { "vandalize", -5 } } },
    [RELATO_SANCTION] = { "SANCTION",
                          -6,
                          4,
                          "16",
                          { { "convict", -6 }, { "expel", -5.5F }, { "withdraw", -6 }, { "discontinue", -6 } } },
    [RELATO_MOBILIZE] = { "MOBILIZE",
                          -5.5F,
                          4,
                          "15",
                          { { "troops", -6.5F }, { "weapons", -6.5F }, { "police", -5.5F }, { "militia", -6 } } },
    [RELATO_COERCE] = { "COERCE",
                        -7,
                        4,
                        "17",
                        { { "seize", -7 },
                          { "restrict", -7 },
                          { "censor", -6.5F },
                          { "curfew", -6.5F },
                          { "martial-law", -7.5F },
                          { "arrest", -7 },
                          { "deport", -7 },
                          { "withhold", -7 },
                          { "misinformation", -6.5F },
                          { "cyber", -7 } } },
    [RELATO_ASSAULT] = { "ASSAULT",
                         -9,
                         4,
                         "19",
                         { { "abduct", -8.5F, "18" },
                           { "beat", -7.5F, "18" },
                           { "torture", -8.5F, "18" },
                           { "sexual", -8.5F, "18" },
                           { "targeted", -9.5F, "18" },
                           { "destroy", -8.5F },
                           { "primitive", -8 },
                           { "firearms", -9 },
                           { "explosives", -9, "18" },
                           { "suicide-attack", -9.5F, "18" },
                           { "aerial", -9.5F },
                           { "drone", -9.5F },
                           { "heavy-weapons", -9.5F },
                           { "crowd-control", -7.5F, "17" },
                           { "unconventional", -10, "20" } } },
};

static const char *const contexts[PLOVER_CONTEXT_COUNT] = {
    "military",
    "intelligence",
    "executive",
    "legislative",
    "election",
    "political_institutions",
    "pro_democracy",
    "pro_autocracy",
    "economic",
    "legal",
    "reparations",
    "human_rights",
    "rights_freedoms",
    "repression",
    "human_security",
    "gender",
    "lgbt",
    "religion_ethnicity",
    "inequality",
    "diplomatic",
    "territory",
    "peacekeeping",
    "health",
    "asylum",
    "migration",
    "disasters",
    "natural_resource",
    "environment",
    "technology",
    "terrorism",
    "cbrn",
    "cyber",
    "misinformation",
    "crime",
    "corruption",
    "illegal_drugs",
    "trafficking",
    "humanitarian",
};

static const char *const sectors[PLOVER_SECTOR_COUNT] = {
    "GOV", "MIL", "COP", "JUD", "LEG", "PTY", "OPP", "REB", "PRM", "SPY", "UAF", "CVL", "REF",
    "CRM", "BUS", "LAB", "AGR", "EDU", "MED", "JRN", "REL", "SOC", "ELI", "PRE", "UNK",
};

/* Position of a name among `count` strings; count if it is not there. */
static size_t position_of(Str name, const char *const *names, size_t count)
{
    size_t i = 0;
    while (i < count && !str_equal(name, str_of(names[i])))
        i++;
    return i;
}

uint8_t plover_type(Str name)
{
    for (uint8_t i = 0; i < RELATO_EVENT_TYPE_COUNT; i++)
        if (str_equal(name, str_of(types[i].name)))
            return i;
    return PLOVER_NO_TYPE;
}

uint8_t plover_mode(uint8_t type, Str name)
{
    for (uint8_t i = 0; i < MOST_MODES && types[type].modes[i].name; i++)
        if (str_equal(name, str_of(types[type].modes[i].name)))
            return (uint8_t)(i + 1);
    return PLOVER_NO_MODE;
}

/* The mode at a position from 1; NULL for PLOVER_NO_MODE. */
static const Mode *mode_at(uint8_t type, uint8_t mode)
{
    return mode == PLOVER_NO_MODE ? NULL : &types[type].modes[mode - 1];
}

Str plover_mode_name(uint8_t type, uint8_t mode)
{
    return mode == PLOVER_NO_MODE ? STR("") : str_of(mode_at(type, mode)->name);
}

double plover_score(uint8_t type, uint8_t mode)
{
    return (double)(mode == PLOVER_NO_MODE ? types[type].score : mode_at(type, mode)->score);
}

int plover_quad(uint8_t type)
{
    return types[type].quad;
}

const char *plover_cameo_root(uint8_t type, uint8_t mode)
{
    const Mode *found = mode_at(type, mode);
    return found && found->root ? found->root : types[type].root;
}

size_t plover_context(Str name)
{
    return position_of(name, contexts, PLOVER_CONTEXT_COUNT);
}

const char *plover_context_name(size_t context)
{
    return contexts[context];
}

bool plover_sector(Str name, size_t *position)
{
    *position = position_of(name, sectors, PLOVER_SECTOR_COUNT);
    return *position < PLOVER_SECTOR_COUNT;
}

bool plover_nonstate(Str name, size_t *position)
{
    static const char *const codes[PLOVER_NONSTATE_COUNT] = { "IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC" };
    *position = position_of(name, codes, PLOVER_NONSTATE_COUNT);
    return *position < PLOVER_NONSTATE_COUNT;
}

const char *relato_event_type_name(RelatoEventType type)
{
    return types[type].name;
}
