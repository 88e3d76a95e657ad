#include "document/values.h"

#include "relato.h"

#define VALUES(variable, function, type, last)                                                                         \
    static const char *variable##_name(int value)                                                                      \
    {                                                                                                                  \
        return function((type)value);                                                                                  \
    }                                                                                                                  \
    const Values variable = { variable##_name, (last) + 1 };

VALUES(entity_types, relato_entity_type_name, RelatoEntityType, RELATO_GROUP)
VALUES(time_types, relato_time_type_name, RelatoTimeType, RELATO_SET)
VALUES(bounds, relato_bound_name, RelatoBound, RELATO_BETWEEN)
VALUES(counts_kinds, relato_counts_name, RelatoCounts, RELATO_OTHER)
VALUES(event_types, relato_event_type_name, RelatoEventType, RELATO_EVENT_TYPE_COUNT - 1)
VALUES(realities, relato_reality_name, RelatoReality, RELATO_REALITY_COUNT - 1)
VALUES(stances, relato_stance_name, RelatoStance, RELATO_STANCE_COUNT - 1)
VALUES(source_kinds, relato_source_kind_name, RelatoSourceKind, RELATO_SOURCE_KIND_COUNT - 1)
VALUES(quoted_kinds, relato_quoted_name, RelatoQuoted, RELATO_QUOTED_FULL)

int value_of(const Values *values, Str name)
{
    for (int i = 0; i < values->count; i++)
        if (str_equal(name, str_of(values->name(i))))
            return i;
    return -1;
}
