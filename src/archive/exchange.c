/* Events for maps, calendars and the web of data. */
#include "archive/ask.h"
#include "core/date.h"
#include "output/json_writer.h"

static void id_of(char id[32], const char *kind, int64_t number)
{
    snprintf(id, 32, "%s%lld", kind, (long long)number);
}

static Str telling(Answer *answer, Row *row)
{
    Buffer out = { 0 };
    telling_add(answer, &out, row);
    Str copy = out.failed ? STR("") : str_copy(answer->arena, buffer_str(&out));
    buffer_free(&out);
    return copy;
}

void exchange_open(Answer *answer, RelatoAnswerFormat format)
{
    if (format == RELATO_ANSWER_GEOJSON)
        buffer_add(answer->out, STR("{\"type\":\"FeatureCollection\",\"features\":["));
    if (format == RELATO_ANSWER_JSONLD)
        buffer_add(answer->out, STR("{\"@context\":\"https://schema.org\",\"@graph\":["));
    if (format == RELATO_ANSWER_ICS)
        buffer_add(answer->out, STR("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Relato//Relato " RELATO_VERSION
                                    "//EN\r\nCALSCALE:GREGORIAN\r\n"));
}

void exchange_close(Answer *answer, RelatoAnswerFormat format)
{
    if (format == RELATO_ANSWER_GEOJSON || format == RELATO_ANSWER_JSONLD)
        buffer_add(answer->out, STR("\n]}\n"));
    if (format == RELATO_ANSWER_ICS)
        buffer_add(answer->out, STR("END:VCALENDAR\r\n"));
}

/* The comma and line end before an item of a list that exchange_open has opened. */
static void next_item(Answer *answer)
{
    char last = answer->out->size ? answer->out->bytes[answer->out->size - 1] : '[';
    buffer_add(answer->out, last == '[' ? STR("\n") : STR(",\n"));
}

static void write_names(JsonWriter *writer, Row *row, const char *column)
{
    List *list = row_list(row, column);
    json_name(writer, column);
    json_open(writer, '[');
    for (size_t i = 0; i < list_size(list); i++)
        json_string(writer, list_str(list, i, "name"));
    json_close(writer, ']');
    list_free(list);
}

/* ---- GeoJSON (RFC 7946) ----------------------------------------------------------- */

static void write_point(JsonWriter *writer, Row *row)
{
    json_name(writer, "geometry");
    json_open(writer, '{');
    json_member(writer, "type", STR("Point"));
    json_name(writer, "coordinates");
    json_open(writer, '[');
    json_number(writer, row_real(row, "lon"));
    json_number(writer, row_real(row, "lat"));
    json_close(writer, ']');
    json_close(writer, '}');
}

static void write_properties(JsonWriter *writer, Answer *answer, Row *row)
{
    static const char *const texts[] = { "type",  "mode",    "reality", "day",    "from",  "to",
                                         "place", "country", "words",   "outlet", "title", "url" };
    json_name(writer, "properties");
    json_open(writer, '{');
    json_member(writer, "name", telling(answer, row));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        json_known(writer, texts[i], row_str(row, texts[i]));
    write_names(writer, row, "actors");
    write_names(writer, row, "recipients");
    json_name(writer, "voices");
    json_integer(writer, (size_t)row_int(row, "voices"));
    json_close(writer, '}');
}

void geojson_row(Answer *answer, Row *row)
{
    if (!row_has(row, "lat"))
        return;
    next_item(answer);
    JsonWriter writer = { .out = answer->out };
    json_open(&writer, '{');
    json_member(&writer, "type", STR("Feature"));
    json_name(&writer, "id");
    json_integer(&writer, (size_t)row_int(row, "id"));
    write_point(&writer, row);
    write_properties(&writer, answer, row);
    json_close(&writer, '}');
}

/* ---- JSON-LD ------------------------------------------------------------------------ */

/* An event is an Action of schema.org: what somebody does, and to whom. */
static void write_party(JsonWriter *writer, Row *row, const char *column, const char *name)
{
    List *list = row_list(row, column);
    if (list_size(list)) {
        json_name(writer, name);
        json_open(writer, '[');
    }
    for (size_t i = 0; i < list_size(list); i++) {
        Str type = list_str(list, i, "type");
        char id[32];
        id_of(id, "#entity-", (int64_t)list_real(list, i, "id"));
        json_open(writer, '{');
        json_member(writer, "@id", str_of(id));
        json_member(writer, "@type",
                    str_equal(type, STR("person"))  ? STR("Person")
                    : str_equal(type, STR("place")) ? STR("Place")
                                                    : STR("Organization"));
        json_member(writer, "name", list_str(list, i, "name"));
        json_close(writer, '}');
    }
    if (list_size(list))
        json_close(writer, ']');
    list_free(list);
}

static void write_place(JsonWriter *writer, Row *row)
{
    if (!row_str(row, "place").size)
        return;
    json_name(writer, "location");
    json_open(writer, '{');
    json_member(writer, "@type", STR("Place"));
    json_member(writer, "name", row_str(row, "place"));
    if (row_has(row, "lat")) {
        json_name(writer, "latitude");
        json_number(writer, row_real(row, "lat"));
        json_name(writer, "longitude");
        json_number(writer, row_real(row, "lon"));
    }
    json_close(writer, '}');
}

static void write_article(JsonWriter *writer, Row *row)
{
    json_name(writer, "subjectOf");
    json_open(writer, '{');
    json_member(writer, "@type", STR("NewsArticle"));
    json_known(writer, "url", row_str(row, "url"));
    json_known(writer, "headline", row_str(row, "title"));
    json_known(writer, "datePublished", row_str(row, "published"));
    json_known(writer, "inLanguage", row_str(row, "language"));
    json_known(writer, "publisher", row_str(row, "outlet"));
    json_close(writer, '}');
}

static Str action_status(Str reality)
{
    if (str_equal(reality, STR("negated")))
        return STR("FailedActionStatus");
    return str_equal(reality, STR("actual")) ? STR("CompletedActionStatus") : STR("PotentialActionStatus");
}

void jsonld_row(Answer *answer, Row *row)
{
    char id[32];
    id_of(id, "#event-", row_int(row, "id"));
    next_item(answer);
    JsonWriter writer = { .out = answer->out };
    json_open(&writer, '{');
    json_member(&writer, "@type", STR("Action"));
    json_member(&writer, "@id", str_of(id));
    json_member(&writer, "additionalType", row_str(row, "type"));
    json_member(&writer, "name", telling(answer, row));
    json_member(&writer, "actionStatus", action_status(row_str(row, "reality")));
    json_known(&writer, "startTime", row_str(row, "day"));
    json_known(&writer, "endTime", row_str(row, "to"));
    write_party(&writer, row, "actors", "agent");
    write_party(&writer, row, "recipients", "object");
    write_place(&writer, row);
    json_known(&writer, "description", row_str(row, "words"));
    write_article(&writer, row);
    json_close(&writer, '}');
}

/* ---- iCalendar (RFC 5545) ------------------------------------------------------------ */

/* Adds a line, folded behind at most 75 bytes and never within a character. */
static void add_line(Buffer *out, Str line)
{
    size_t at = 0, room = 75;
    while (line.size - at > room) {
        size_t end = at + room;
        while (end > at + 1 && ((unsigned char)line.at[end] & 0xC0) == 0x80)
            end--;
        buffer_add(out, str_slice(line, at, end));
        buffer_add(out, STR("\r\n "));
        at = end;
        room = 74;
    }
    buffer_add(out, str_slice(line, at, line.size));
    buffer_add(out, STR("\r\n"));
}

/* A property whose value is text: commas, semicolons, backslashes and line ends escaped. */
static void add_text(Answer *answer, const char *name, Str value)
{
    Buffer line = { 0 };
    if (!value.size)
        return;
    buffer_format(&line, "%s:", name);
    for (size_t i = 0; i < value.size; i++) {
        char c = value.at[i];
        if (c == '\\' || c == ';' || c == ',')
            buffer_byte(&line, '\\');
        if (c == '\n')
            buffer_add(&line, STR("\\n"));
        else if ((unsigned char)c >= ' ')
            buffer_byte(&line, c);
    }
    add_line(answer->out, buffer_str(&line));
    buffer_free(&line);
}

static void add_day(Answer *answer, const char *name, Date day)
{
    buffer_format(answer->out, "%s;VALUE=DATE:%04d%02d%02d\r\n", name, day.year, day.month, day.day);
}

void ics_row(Answer *answer, Row *row)
{
    Date first, last;
    Str reality = row_str(row, "reality");
    if (!date_parse(row_str(row, "day"), &first))
        return;
    if (!date_parse(row_str(row, "to"), &last) || date_to_days(last) < date_to_days(first))
        last = first;
    Date behind = date_of_days(date_to_days(last) + 1);
    buffer_format(answer->out, "BEGIN:VEVENT\r\nUID:event-%lld@relato\r\n", (long long)row_int(row, "id"));
    buffer_format(answer->out, "DTSTAMP:%04d%02d%02dT000000Z\r\n", first.year, first.month, first.day);
    add_day(answer, "DTSTART", first);
    add_day(answer, "DTEND", behind);
    add_text(answer, "SUMMARY", telling(answer, row));
    add_text(answer, "DESCRIPTION", row_str(row, "words"));
    add_text(answer, "LOCATION", row_str(row, "place"));
    if (row_has(row, "lat"))
        buffer_format(answer->out, "GEO:%.6f;%.6f\r\n", row_real(row, "lat"), row_real(row, "lon"));
    add_text(answer, "CATEGORIES", row_str(row, "type"));
    buffer_format(answer->out, "STATUS:%s\r\n",
                  str_equal(reality, STR("actual"))    ? "CONFIRMED"
                  : str_equal(reality, STR("negated")) ? "CANCELLED"
                                                       : "TENTATIVE");
    buffer_add(answer->out, STR("END:VEVENT\r\n"));
}
