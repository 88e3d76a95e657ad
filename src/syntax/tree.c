#include "syntax/tree.h"

#include <stdbool.h>
#include <string.h>

/* More than any sum of scores. Scores beside it need the digits of a double. */
static const double ROOT_PENALTY = 1e6;

/* Contraction of cycles in a dense graph of `size` slots, slot 0 the root. A
 * slot holds a node: a word, or a cycle of nodes that was contracted. */
typedef struct Arc {
    uint16_t dependent, head; /* words at its ends */
} Arc;

typedef struct Node {
    uint32_t container;    /* the cycle that it was contracted into; 0: none */
    uint32_t first, count; /* its members in Graph.members; count 0: a word */
    Arc arc;               /* its chosen arc within its cycle */
} Node;

typedef struct Graph {
    size_t size;
    double *scores;    /* (size, size): [dependent, head] */
    Arc *arcs;         /* (size, size): the words that the slots' arc joins */
    uint16_t *best;    /* (size): best head, a slot */
    uint32_t *node;    /* (size): what is in the slot; 0: it went into a cycle */
    uint8_t *mark;     /* (size) */
    Node *nodes;       /* words 1 .. size - 1, then cycles */
    uint32_t *members; /* of all cycles */
    size_t node_count, member_count;
} Graph;

static bool is_tree(const uint32_t *heads, size_t count, uint8_t *mark)
{
    size_t roots = 0;
    for (size_t i = 0; i < count; i++)
        roots += heads[i] == 0;
    if (roots != 1)
        return false;
    /* mark: 1 on the way up from the present word, 2 known to reach the root */
    memset(mark, 0, count + 1);
    mark[0] = 2;
    for (size_t i = 1; i <= count; i++) {
        size_t up = i;
        for (; mark[up] == 0; up = heads[up - 1])
            mark[up] = 1;
        if (mark[up] == 1)
            return false;
        for (up = i; mark[up] == 1; up = heads[up - 1])
            mark[up] = 2;
    }
    return true;
}

static Graph graph_new(const float *scores, size_t count, size_t stride, Arena *scratch)
{
    size_t size = count + 1;
    Graph g = {
        .size = size,
        .scores = arena_alloc(scratch, size * size * sizeof(double)),
        .arcs = arena_alloc(scratch, size * size * sizeof(Arc)),
        .best = ARENA_ARRAY(scratch, uint16_t, size),
        .node = ARENA_ARRAY(scratch, uint32_t, size),
        .mark = ARENA_ARRAY(scratch, uint8_t, size),
        .nodes = ARENA_ARRAY(scratch, Node, 2 * size),
        .members = ARENA_ARRAY(scratch, uint32_t, 2 * size),
        .node_count = size,
    };
    for (size_t d = 1; d < size; d++) {
        g.node[d] = (uint32_t)d;
        for (size_t h = 0; h < size; h++) {
            g.scores[d * size + h] = (double)scores[(d - 1) * stride + h] - (h == 0 ? ROOT_PENALTY : 0);
            g.arcs[d * size + h] = (Arc){ (uint16_t)d, (uint16_t)h };
        }
    }
    return g;
}

static void choose_best(Graph *g, size_t d)
{
    size_t best = 0;
    for (size_t h = 1; h < g->size; h++)
        if (h != d && g->node[h] && g->scores[d * g->size + h] > g->scores[d * g->size + best])
            best = h;
    g->best[d] = (uint16_t)best;
}

/* A slot on a cycle of best heads, or 0. */
static size_t find_cycle(Graph *g)
{
    memset(g->mark, 0, g->size);
    g->mark[0] = 2;
    for (size_t i = 1; i < g->size; i++) {
        if (!g->node[i])
            continue;
        size_t up = i;
        for (; g->mark[up] == 0; up = g->best[up])
            g->mark[up] = 1;
        if (g->mark[up] == 1)
            return up;
        for (up = i; g->mark[up] == 1; up = g->best[up])
            g->mark[up] = 2;
    }
    return 0;
}

/* Puts the arcs between a slot outside and the cycle (slots marked 3) into the
 * cycle's slot `into`: in from u at what it gains over the arc that it breaks,
 * out to u at the best of the members. */
static void join_arcs(Graph *g, size_t into, size_t u)
{
    size_t size = g->size, enter = into, leave = into;
    double enter_gain = 0;
    size_t v = into;
    do {
        double gain = g->scores[v * size + u] - g->scores[v * size + g->best[v]];
        if (v == into || gain > enter_gain) {
            enter = v;
            enter_gain = gain;
        }
        if (u != 0 && g->scores[u * size + v] > g->scores[u * size + leave])
            leave = v;
        v = g->best[v];
    } while (v != into);
    g->arcs[into * size + u] = g->arcs[enter * size + u];
    /* The scores of `into` are read above for later u only in their own column. */
    g->scores[into * size + u] = enter_gain;
    if (u != 0) {
        g->arcs[u * size + into] = g->arcs[u * size + leave];
        g->scores[u * size + into] = g->scores[u * size + leave];
    }
}

static void contract(Graph *g, size_t start)
{
    size_t size = g->size;
    uint32_t cycle = (uint32_t)g->node_count++;
    g->nodes[cycle].first = (uint32_t)g->member_count;
    size_t v = start;
    do {
        uint32_t member = g->node[v];
        g->nodes[member].container = cycle;
        g->nodes[member].arc = g->arcs[v * size + g->best[v]];
        g->members[g->member_count++] = member;
        g->mark[v] = 3;
        v = g->best[v];
    } while (v != start);
    g->nodes[cycle].count = (uint32_t)g->member_count - g->nodes[cycle].first;
    for (size_t u = 0; u < size; u++)
        if ((u == 0 || g->node[u]) && g->mark[u] != 3)
            join_arcs(g, start, u);
    for (v = g->best[start]; v != start; v = g->best[v])
        g->node[v] = 0;
    g->node[start] = cycle;
    /* What hung from a member hangs from the cycle: no better head has come. */
    for (size_t u = 1; u < size; u++)
        if (g->mark[u] != 3 && g->mark[g->best[u]] == 3)
            g->best[u] = (uint16_t)start;
    choose_best(g, start);
}

/* The member of a cycle that holds the word. */
static uint32_t member_of(const Graph *g, uint32_t cycle, uint32_t word)
{
    uint32_t node = word;
    while (g->nodes[node].container != cycle)
        node = g->nodes[node].container;
    return node;
}

/* Opens all cycles, the outermost first: the arc that enters a cycle takes the
 * place of the one chosen for the member that it enters. */
static void expand(Graph *g, uint32_t *heads)
{
    for (size_t d = 1; d < g->size; d++)
        if (g->node[d])
            g->nodes[g->node[d]].arc = g->arcs[d * g->size + g->best[d]];
    for (size_t cycle = g->node_count; cycle-- > g->size;) {
        Arc entering = g->nodes[cycle].arc;
        g->nodes[member_of(g, (uint32_t)cycle, entering.dependent)].arc = entering;
    }
    for (size_t d = 1; d < g->size; d++)
        heads[d - 1] = g->nodes[d].arc.head;
}

void tree_best(float *scores, size_t count, size_t stride, uint32_t *heads, Arena *scratch)
{
    for (size_t d = 0; d < count; d++) {
        const float *row = scores + d * stride;
        scores[d * stride + d + 1] = -(float)ROOT_PENALTY; /* no word hangs from itself */
        size_t best = 0;
        for (size_t h = 1; h <= count; h++)
            if (row[h] > row[best])
                best = h;
        heads[d] = (uint32_t)best;
    }
    if (is_tree(heads, count, arena_alloc(scratch, count + 1)))
        return;
    Graph g = graph_new(scores, count, stride, scratch);
    for (size_t d = 1; d < g.size; d++)
        choose_best(&g, d);
    for (size_t start; (start = find_cycle(&g)) != 0;)
        contract(&g, start);
    expand(&g, heads);
}
