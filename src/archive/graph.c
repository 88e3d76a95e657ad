/* Who deals with whom: a graph of the participants of events. An edge leads from who
 * acts to whom it is done; those who act together are joined by edges, too. Its
 * weight is the number of events, its score their mean on PLOVER's scale from
 * conflict, -10, to cooperation, 10. */
#include "archive/ask.h"
#include <stdlib.h>

#include "event/plover.h"
#include "output/xml.h"

/* Most edges, the heaviest first, unless the filter has a limit: more, no picture shows. */
enum { MOST_EDGES = 2000 };

/* The pairs of events that the filter lets through: (a, b, events, sum of scores). */
static void pairs_query(Query *query, const RelatoFilter *filter)
{
    query_add(query, "WITH page AS (SELECT e.event, e.type, e.mode FROM events e WHERE 1");
    filter_events(query, filter);
    query_add(query, ") SELECT a.entity AS a, b.entity AS b, page.type, page.mode, count(*) AS events FROM page"
                     " JOIN event_participants a ON a.event = page.event AND a.role = 'actor'"
                     " JOIN event_participants b ON b.event = page.event AND (b.role = 'recipient' AND b.entity <>"
                     " a.entity OR b.role = 'actor' AND b.entity > a.entity)"
                     " GROUP BY 1, 2, 3, 4 ORDER BY 1, 2");
}

typedef struct Edge {
    int64_t a, b, events;
    double score;
} Edge;

typedef struct EdgeList {
    Edge *items;
    size_t count, capacity;
} EdgeList;

static void add_pair(Answer *answer, EdgeList *edges, Row *row)
{
    uint8_t type = plover_type(row_str(row, "type"));
    int64_t a = row_int(row, "a"), b = row_int(row, "b"), events = row_int(row, "events");
    Edge *edge = edges->count ? &edges->items[edges->count - 1] : NULL;
    if (!edge || edge->a != a || edge->b != b) {
        edge = ARENA_PUSH(answer->arena, edges);
        edge->a = a;
        edge->b = b;
    }
    edge->events += events;
    if (type != PLOVER_NO_TYPE)
        edge->score += (double)events * plover_score(type, plover_mode(type, row_str(row, "mode")));
}

static int by_weight(const void *a, const void *b)
{
    const Edge *x = a, *y = b;
    if (x->events != y->events)
        return x->events > y->events ? -1 : 1;
    return x->a != y->a ? (x->a > y->a ? 1 : -1) : (x->b > y->b) - (x->b < y->b);
}

static bool find_edges(Answer *answer, EdgeList *edges, const RelatoFilter *filter, Error *error)
{
    Query query = { .archive = answer->archive, .arena = answer->arena, .error = error };
    pairs_query(&query, filter);
    Row *row = query_prepare(&query);
    int step = -1;
    while (row && (step = archive_step(answer->archive, row, error)) > 0)
        add_pair(answer, edges, row);
    sqlite3_finalize(row);
    query_free(&query);
    size_t most = filter->limit ? filter->limit : MOST_EDGES;
    if (edges->count)
        qsort(edges->items, edges->count, sizeof *edges->items, by_weight);
    edges->count = edges->count < most ? edges->count : most;
    return step >= 0;
}

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* The entities at the ends of the edges, each once. */
static int64_t *find_nodes(Answer *answer, const EdgeList *edges, size_t *count)
{
    int64_t *nodes = ARENA_ARRAY(answer->arena, int64_t, 2 * edges->count + 1);
    size_t kept = 0;
    for (size_t i = 0; i < edges->count; i++) {
        nodes[2 * i] = edges->items[i].a;
        nodes[2 * i + 1] = edges->items[i].b;
    }
    qsort(nodes, 2 * edges->count, sizeof *nodes, by_number);
    for (size_t i = 0; i < 2 * edges->count; i++)
        if (kept == 0 || nodes[kept - 1] != nodes[i])
            nodes[kept++] = nodes[i];
    *count = kept;
    return nodes;
}

typedef struct GraphFormat {
    const char *open, *node, *nodes_end, *value, *node_end, *edge, *close;
} GraphFormat;

static const GraphFormat gexf = {
    .open = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n"
            "<graph defaultedgetype=\"directed\">\n"
            "<attributes class=\"node\"><attribute id=\"type\" title=\"type\" type=\"string\"/>"
            "<attribute id=\"country\" title=\"country\" type=\"string\"/>"
            "<attribute id=\"sector\" title=\"sector\" type=\"string\"/></attributes>\n"
            "<attributes class=\"edge\"><attribute id=\"score\" title=\"score\" type=\"double\"/></attributes>\n"
            "<nodes>\n",
    .node = "<node id=\"%lld\" label=\"",
    .value = "<attvalue for=\"%s\" value=\"",
    .node_end = "</attvalues></node>\n",
    .nodes_end = "</nodes>\n<edges>\n",
    .edge = "<edge id=\"%zu\" source=\"%lld\" target=\"%lld\" weight=\"%lld\"><attvalues><attvalue for=\"score\" "
            "value=\"%.2f\"/></attvalues></edge>\n",
    .close = "</edges>\n</graph>\n</gexf>\n",
};

static const GraphFormat graphml = {
    .open = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
            "<key id=\"name\" for=\"node\" attr.name=\"name\" attr.type=\"string\"/>\n"
            "<key id=\"type\" for=\"node\" attr.name=\"type\" attr.type=\"string\"/>\n"
            "<key id=\"country\" for=\"node\" attr.name=\"country\" attr.type=\"string\"/>\n"
            "<key id=\"sector\" for=\"node\" attr.name=\"sector\" attr.type=\"string\"/>\n"
            "<key id=\"weight\" for=\"edge\" attr.name=\"weight\" attr.type=\"int\"/>\n"
            "<key id=\"score\" for=\"edge\" attr.name=\"score\" attr.type=\"double\"/>\n"
            "<graph edgedefault=\"directed\">\n",
    .node = "<node id=\"n%lld\"><data key=\"name\">",
    .value = "<data key=\"%s\">",
    .node_end = "</node>\n",
    .nodes_end = "",
    .edge = "<edge id=\"e%zu\" source=\"n%lld\" target=\"n%lld\"><data key=\"weight\">%lld</data>"
            "<data key=\"score\">%.2f</data></edge>\n",
    .close = "</graph>\n</graphml>\n",
};

/* The formats above are literals with these values in this order. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static void write_node(Buffer *out, const GraphFormat *format, Row *row)
{
    static const char *const values[] = { "type", "country", "sector" };
    bool attributes = format == &gexf;
    buffer_format(out, format->node, (long long)row_int(row, "id"));
    xml_add(out, row_str(row, "name"), true);
    buffer_add(out, attributes ? STR("\"><attvalues>") : STR("</data>"));
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        buffer_format(out, format->value, values[i]);
        xml_add(out, row_str(row, values[i]), true);
        buffer_add(out, attributes ? STR("\"/>") : STR("</data>"));
    }
    buffer_add(out, str_of(format->node_end));
}

static void write_edge(Buffer *out, const GraphFormat *format, size_t number, const Edge *edge)
{
    buffer_format(out, format->edge, number, (long long)edge->a, (long long)edge->b, (long long)edge->events,
                  edge->score / (double)edge->events);
}
#pragma GCC diagnostic pop

static bool write_nodes(Answer *answer, const GraphFormat *format, const EdgeList *edges, Error *error)
{
    size_t count;
    int64_t *nodes = find_nodes(answer, edges, &count);
    sqlite3_stmt *find = archive_statement(
        answer->archive, "SELECT entity AS id, name, type, country, sector FROM entities WHERE entity = ?", error);
    for (size_t i = 0; find && i < count; i++) {
        bind_int(find, 1, nodes[i]);
        int step = archive_step(answer->archive, find, error);
        if (step < 0)
            return false;
        if (step > 0)
            write_node(answer->out, format, find);
        sqlite3_reset(find);
    }
    return find != NULL;
}

bool graph_write(Answer *answer, RelatoAnswerFormat format, const RelatoFilter *filter, Error *error)
{
    const GraphFormat *graph = format == RELATO_ANSWER_GEXF ? &gexf : &graphml;
    EdgeList edges = { 0 };
    if (!find_edges(answer, &edges, filter, error))
        return false;
    buffer_add(answer->out, str_of(graph->open));
    if (!write_nodes(answer, graph, &edges, error))
        return false;
    buffer_add(answer->out, str_of(graph->nodes_end));
    for (size_t i = 0; i < edges.count; i++)
        write_edge(answer->out, graph, i, &edges.items[i]);
    buffer_add(answer->out, str_of(graph->close));
    return true;
}
