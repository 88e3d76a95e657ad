/* A reading into the tables of reports. */
#include "archive/archive.h"
#include "core/buffer.h"
#include "core/table.h"
#include "core/utf8.h"

/* "[[0,12],[40,44]]", in code points. */
static Str spans_of(const Document *document, const Span *spans, size_t count)
{
    Buffer out = { 0 };
    buffer_byte(&out, '[');
    for (size_t i = 0; i < count; i++)
        buffer_format(&out, "%s[%zu,%zu]", i ? "," : "", document_code_point(document, spans[i].start),
                      document_code_point(document, spans[i].end));
    buffer_byte(&out, ']');
    Str copy = out.failed ? STR("[]") : str_copy(document->arena, buffer_str(&out));
    buffer_free(&out);
    return copy;
}

static void bind_span(const Document *document, sqlite3_stmt *statement, int position, Span span)
{
    bind_int(statement, position, (int64_t)document_code_point(document, span.start));
    bind_int(statement, position + 1, (int64_t)document_code_point(document, span.end));
}

/* ---- one layer after the other ----------------------------------------------------- */

static bool insert_entities(Archive *archive, const Document *document, int64_t report, Error *error)
{
    sqlite3_stmt *insert = archive_statement(
        archive, "INSERT INTO report_entities VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)", error);
    for (uint32_t i = 0; insert && i < document->entity_count; i++) {
        const Entity *entity = &document->entities[i];
        bind_int(insert, 1, report);
        bind_index(insert, 2, i);
        bind_str(insert, 3, str_of(relato_entity_type_name(entity->type)));
        bind_int(insert, 4, entity->named);
        bind_str(insert, 5, entity->name);
        bind_str(insert, 6, entity->country);
        bind_str(insert, 7, entity->sector);
        bind_str(insert, 8, entity->role);
        bind_str(insert, 9, entity->known);
        if (entity->located) {
            bind_real(insert, 10, entity->latitude);
            bind_real(insert, 11, entity->longitude);
        }
        if (entity->geonames)
            bind_int(insert, 12, entity->geonames);
        bind_str(insert, 13, spans_of(document, entity->mentions, entity->mention_count));
        if (!archive_run(archive, insert, error))
            return false;
    }
    return insert != NULL;
}

static bool insert_times(Archive *archive, const Document *document, int64_t report, Error *error)
{
    sqlite3_stmt *insert =
        archive_statement(archive, "INSERT INTO report_times VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", error);
    for (uint32_t i = 0; insert && i < document->time_count; i++) {
        const Time *time = &document->times[i];
        bind_int(insert, 1, report);
        bind_index(insert, 2, i);
        bind_span(document, insert, 3, time->span);
        bind_str(insert, 5, str_of(relato_time_type_name(time->type)));
        bind_str(insert, 6, time->value);
        bind_str(insert, 7, time->mod);
        bind_str(insert, 8, time->from);
        bind_str(insert, 9, time->to);
        if (!archive_run(archive, insert, error))
            return false;
    }
    return insert != NULL;
}

static bool insert_quantities(Archive *archive, const Document *document, int64_t report, Error *error)
{
    sqlite3_stmt *insert =
        archive_statement(archive, "INSERT INTO report_quantities VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", error);
    for (uint32_t i = 0; insert && i < document->quantity_count; i++) {
        const Quantity *quantity = &document->quantities[i];
        bind_int(insert, 1, report);
        bind_index(insert, 2, i);
        bind_span(document, insert, 3, quantity->span);
        bind_real(insert, 5, quantity->value);
        bind_real(insert, 6, quantity->high);
        bind_str(insert, 7, str_of(relato_bound_name(quantity->bound)));
        bind_str(insert, 8, str_of(relato_counts_name(quantity->counts)));
        bind_str(insert, 9, quantity->noun);
        if (!archive_run(archive, insert, error))
            return false;
    }
    return insert != NULL;
}

static bool insert_participants(Archive *archive, int64_t report, uint32_t event, const char *role,
                                const RelatoParticipant *participants, size_t count, Error *error)
{
    sqlite3_stmt *insert =
        archive_statement(archive, "INSERT OR IGNORE INTO report_participants VALUES (?, ?, ?, ?, ?, ?)", error);
    for (size_t i = 0; insert && i < count; i++) {
        if (participants[i].entity == RELATO_NONE) /* a country that an adjective alone tells */
            continue;
        bind_int(insert, 1, report);
        bind_index(insert, 2, event);
        bind_str(insert, 3, str_of(role));
        bind_index(insert, 4, participants[i].entity);
        bind_str(insert, 5, participants[i].country);
        bind_str(insert, 6, participants[i].sector);
        if (!archive_run(archive, insert, error))
            return false;
    }
    return insert != NULL;
}

/* Rows of a table that joins an item of a report with others of it. */
static bool insert_links(Archive *archive, const char *sql, int64_t report, uint32_t item, const uint32_t *others,
                         size_t count, Error *error)
{
    sqlite3_stmt *insert = archive_statement(archive, sql, error);
    for (size_t i = 0; insert && i < count; i++) {
        bind_int(insert, 1, report);
        bind_index(insert, 2, item);
        bind_index(insert, 3, others[i]);
        if (!archive_run(archive, insert, error))
            return false;
    }
    return insert != NULL;
}

/* A JSON array of names that need no escaping. */
static Str names_of(const Document *document, const RelatoString *names, size_t count)
{
    Str all = STR("[");
    for (size_t i = 0; i < count; i++)
        all = str_format(document->arena, "%.*s%s\"%.*s\"", STR_ARGUMENTS(all), i ? "," : "", STR_ARGUMENTS(names[i]));
    return str_join(document->arena, all, STR("]"));
}

static bool insert_event(Archive *archive, const Document *document, int64_t report, uint32_t n, Error *error)
{
    sqlite3_stmt *insert =
        archive_statement(archive, "INSERT INTO report_events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)", error);
    if (!insert)
        return false;
    const RelatoEvent *event = &document->events[n];
    bind_int(insert, 1, report);
    bind_index(insert, 2, n);
    bind_str(insert, 3, str_of(relato_event_type_name(event->type)));
    bind_str(insert, 4, event->mode);
    bind_str(insert, 5, str_of(relato_reality_name(event->reality)));
    bind_str(insert, 6, spans_of(document, event->triggers, event->trigger_count));
    bind_str(insert, 7, names_of(document, event->contexts, event->context_count));
    bind_index(insert, 8, event->place);
    bind_index(insert, 9, event->time);
    return archive_run(archive, insert, error) &&
           insert_participants(archive, report, n, "actor", event->actors, event->actor_count, error) &&
           insert_participants(archive, report, n, "recipient", event->recipients, event->recipient_count, error) &&
           insert_links(archive, "INSERT OR IGNORE INTO report_event_quantities VALUES (?, ?, ?)", report, n,
                        event->quantities, event->quantity_count, error);
}

static bool insert_claim(Archive *archive, const Document *document, int64_t report, uint32_t n, Error *error)
{
    sqlite3_stmt *insert = archive_statement(
        archive, "INSERT INTO report_claims VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", error);
    if (!insert)
        return false;
    const Claim *claim = &document->claims[n];
    bind_int(insert, 1, report);
    bind_index(insert, 2, n);
    if (claim->content.end > claim->content.start)
        bind_span(document, insert, 3, claim->content);
    bind_span(document, insert, 5, claim->cue);
    bind_span(document, insert, 7, claim->source);
    bind_index(insert, 9, claim->entity);
    bind_str(insert, 10, str_of(relato_source_kind_name(claim->kind)));
    bind_int(insert, 11, claim->anonymous);
    bind_str(insert, 12, claim->country);
    bind_str(insert, 13, claim->sector);
    bind_str(insert, 14, str_of(relato_stance_name(claim->stance)));
    bind_str(insert, 15, str_of(relato_quoted_name(claim->quoted)));
    bind_index(insert, 16, claim->relayed_by);
    return archive_run(archive, insert, error) &&
           insert_links(archive, "INSERT OR IGNORE INTO report_claim_events VALUES (?, ?, ?)", report, n, claim->events,
                        claim->event_count, error);
}

/* ---- words ---------------------------------------------------------------------------- */

/* Without case and accents, as the index has it. */
static Str folded(Arena *arena, Str s)
{
    return utf8_strip_accents(arena, utf8_fold(arena, s));
}

static bool insert_lemma(Archive *archive, Str form, Str lemma, Error *error)
{
    sqlite3_stmt *insert = archive_statement(archive, "INSERT OR IGNORE INTO lemmas VALUES (?, ?)", error);
    if (!insert)
        return false;
    bind_str(insert, 1, form);
    bind_str(insert, 2, lemma);
    return archive_run(archive, insert, error);
}

/* Notes the lemmas of the text's forms, and gives those that are no form of it, each
 * once, parted by spaces. */
static bool note_lemmas(Archive *archive, const Document *document, Str *others, Error *error)
{
    Arena *arena = document->arena;
    Table forms, pairs;
    Buffer out = { 0 };
    bool done = true;
    table_init(&forms, arena);
    table_init(&pairs, arena);
    for (size_t i = 0; i < document->word_count; i++)
        table_put(&forms, folded(arena, document->words[i].form), NULL);
    for (size_t i = 0; i < document->word_count && done; i++) {
        Str form = folded(arena, document->words[i].form), lemma = folded(arena, document->words[i].lemma);
        bool added;
        if (!lemma.size || str_equal(form, lemma))
            continue;
        table_put(&pairs, str_format(arena, "%.*s\t%.*s", STR_ARGUMENTS(form), STR_ARGUMENTS(lemma)), &added);
        done = !added || insert_lemma(archive, form, lemma, error);
        table_put(&forms, lemma, &added);
        if (added)
            buffer_format(&out, "%.*s ", STR_ARGUMENTS(lemma));
    }
    *others = out.failed ? STR("") : str_copy(arena, buffer_str(&out));
    buffer_free(&out);
    return done;
}

static bool insert_words(Archive *archive, const Document *document, int64_t report, Error *error)
{
    sqlite3_stmt *insert =
        archive_statement(archive, "INSERT INTO words (rowid, title, text, lemmas) VALUES (?, ?, ?, ?)", error);
    Str lemmas;
    if (!insert || !note_lemmas(archive, document, &lemmas, error))
        return false;
    bind_int(insert, 1, report);
    bind_str(insert, 2, document->meta.title);
    bind_str(insert, 3, document->text);
    bind_str(insert, 4, lemmas);
    return archive_run(archive, insert, error);
}

/* ---- the report ------------------------------------------------------------------------- */

/* The report of this text, address and outlet: its number, 0 if there is none, -1 and `error`. */
static int64_t find_report(Archive *archive, const Document *document, Error *error)
{
    sqlite3_stmt *find =
        archive_statement(archive, "SELECT report FROM reports WHERE id = ? AND url = ? AND outlet = ?", error);
    if (!find)
        return -1;
    bind_str(find, 1, document->id);
    bind_str(find, 2, document->meta.url);
    bind_str(find, 3, document->meta.outlet);
    int found = archive_step(archive, find, error);
    int64_t report = found > 0 ? sqlite3_column_int64(find, 0) : found;
    sqlite3_reset(find);
    return report;
}

static bool insert_report(Archive *archive, const Document *document, int64_t *report, Error *error)
{
    sqlite3_stmt *insert =
        archive_statement(archive,
                          "INSERT INTO reports (id, url, title, outlet, byline, published, language, text, sentences) "
                          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                          error);
    if (!insert)
        return false;
    Span *sentences = ARENA_ARRAY(document->arena, Span, document->sentence_count);
    for (size_t i = 0; i < document->sentence_count; i++)
        sentences[i] = (Span){ document->sentences[i].start, document->sentences[i].end };
    const Str values[] = { document->id,
                           document->meta.url,
                           document->meta.title,
                           document->meta.outlet,
                           document->meta.byline,
                           document->meta.published,
                           document->meta.language,
                           document->text,
                           spans_of(document, sentences, document->sentence_count) };
    for (int i = 0; i < 9; i++)
        bind_str(insert, i + 1, values[i]);
    if (!archive_run(archive, insert, error))
        return false;
    *report = sqlite3_last_insert_rowid(archive->database);
    return true;
}

/* Of all reports of an address the last one is current: the one published last,
 * of equal ones the one with the larger id, so that the order of adding plays no part. */
static bool supersede(Archive *archive, const Document *document, Error *error)
{
    if (!document->meta.url.size)
        return true;
    sqlite3_stmt *update = archive_statement(
        archive,
        "UPDATE reports SET superseded_by = nullif((SELECT b.report FROM reports b WHERE b.url = reports.url "
        "ORDER BY b.published DESC, b.id DESC LIMIT 1), report) WHERE url = ?",
        error);
    if (!update)
        return false;
    bind_str(update, 1, document->meta.url);
    return archive_run(archive, update, error);
}

static bool insert_layers(Archive *archive, const Document *document, int64_t report, Error *error)
{
    if (!insert_entities(archive, document, report, error) || !insert_times(archive, document, report, error) ||
        !insert_quantities(archive, document, report, error))
        return false;
    for (uint32_t i = 0; i < document->event_count; i++)
        if (!insert_event(archive, document, report, i, error))
            return false;
    for (uint32_t i = 0; i < document->claim_count; i++)
        if (!insert_claim(archive, document, report, i, error))
            return false;
    return insert_words(archive, document, report, error);
}

int archive_insert(Archive *archive, const Document *document, int64_t *report, Error *error)
{
    *report = find_report(archive, document, error);
    if (*report)
        return *report > 0 ? 0 : -1;
    return insert_report(archive, document, report, error) && insert_layers(archive, document, *report, error) &&
                   supersede(archive, document, error)
               ? 1
               : -1;
}
