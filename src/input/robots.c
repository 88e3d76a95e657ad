#include "input/robots.h"

#include "input/fields.h"

enum { MOST_WILDCARDS = 16 };

/* Whether the pattern matches a beginning of the path: `*` is anything, `$` at
 * the end is the end. The first place for each piece between stars is the best. */
static bool matches(Str pattern, Str path)
{
    bool anchored = pattern.size && pattern.at[pattern.size - 1] == '$';
    if (anchored)
        pattern = str_slice(pattern, 0, pattern.size - 1);
    size_t at = 0;
    for (int piece = 0; pattern.at && piece < MOST_WILDCARDS; piece++) {
        Str literal = str_cut(&pattern, '*');
        bool last = !pattern.at;
        if (piece == 0 && !str_starts(path, literal))
            return false;
        if (last && anchored && piece > 0)
            return path.size - at >= literal.size && str_ends(path, literal);
        if (piece > 0 && literal.size) {
            const char *found = memmem(path.at + at, path.size - at, literal.at, literal.size);
            if (!found)
                return false;
            at = (size_t)(found - path.at);
        }
        at += literal.size;
    }
    return !anchored || at == path.size;
}

/* The next line of the file as name and value; comments are cut off. */
static bool next_rule(Str *robots, Str *name, Str *value)
{
    while (robots->at) {
        Str line = str_cut(robots, '\n');
        line = line.size ? str_slice(line, 0, str_find_byte(line, '#', 0)) : line;
        size_t colon = line.size ? str_find_byte(line, ':', 0) : 0;
        if (colon == line.size)
            continue;
        *name = str_trim(str_slice(line, 0, colon));
        *value = str_trim(str_slice(line, colon + 1, line.size));
        return true;
    }
    return false;
}

/* What the groups of an agent say; *named is set if there is one. */
static bool groups_allow(Str robots, const char *agent, Str path, bool *named)
{
    Str name, value;
    bool ours = false, in_agents = false, allowed = true;
    size_t longest = 0;
    while (next_rule(&robots, &name, &value)) {
        if (equal_folded(name, "user-agent")) {
            ours = (in_agents && ours) || equal_folded(value, agent);
            *named = *named || ours;
            in_agents = true;
            continue;
        }
        bool allow = equal_folded(name, "allow");
        if (!allow && !equal_folded(name, "disallow"))
            continue;
        in_agents = false;
        if (!ours || !value.size || value.size < longest || !matches(value, path))
            continue;
        allowed = allow || (allowed && value.size == longest && longest > 0);
        longest = value.size;
    }
    return allowed;
}

bool robots_allow(Str robots, const char *agent, Str path)
{
    bool named = false;
    bool allowed = groups_allow(robots, agent, path, &named);
    return named ? allowed : groups_allow(robots, "*", path, &named);
}
