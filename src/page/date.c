#include "page/date.h"

#include <stdlib.h>
#include <unicode/uchar.h>

#include "core/date.h"
#include "core/utf8.h"

typedef struct Scanner {
    Str s;
    size_t at;
} Scanner;

typedef struct Moment {
    int year, month, day;
    int hour, minute, second; /* hour, second: -1 if not told */
    int zone;                 /* minutes east of Greenwich; NO_ZONE if not told */
} Moment;

enum { NO_ZONE = 10000, FURTHEST_ZONE = 14 * 60 };

static char peek(const Scanner *scanner)
{
    return scanner->at < scanner->s.size ? scanner->s.at[scanner->at] : '\0';
}

static bool take(Scanner *scanner, const char *any_of)
{
    char c = peek(scanner);
    if (!c || !strchr(any_of, c))
        return false;
    scanner->at++;
    return true;
}

static bool take_spaces(Scanner *scanner)
{
    size_t start = scanner->at;
    while (take(scanner, " \t"))
        ;
    return scanner->at > start;
}

/* A number of `least` to `most` digits; -1 if there is none. */
static int take_number(Scanner *scanner, int least, int most)
{
    int value = 0, digits = 0;
    for (; digits < most && peek(scanner) >= '0' && peek(scanner) <= '9'; digits++)
        value = 10 * value + scanner->s.at[scanner->at++] - '0';
    return digits >= least ? value : -1;
}

/* One of the three-letter names of RFC 2822, from 0; -1 if there is none. */
static int take_name(Scanner *scanner, const char *names)
{
    if (scanner->s.size - scanner->at < 3)
        return -1;
    for (int i = 0; names[3 * i]; i++)
        if (memcmp(scanner->s.at + scanner->at, names + 3 * i, 3) == 0) {
            scanner->at += 3;
            return i;
        }
    return -1;
}

/* "Z", "+01:00", "+0100", "+01", or a zone's name of RFC 2822. */
static bool take_zone(Scanner *scanner, Moment *moment)
{
    static const struct {
        const char *name;
        int hours;
    } zones[] = {
        { "UTC", 0 },  { "GMT", 0 },  { "UT", 0 },   { "Z", 0 },    { "EST", -5 }, { "EDT", -4 },
        { "CST", -6 }, { "CDT", -5 }, { "MST", -7 }, { "MDT", -6 }, { "PST", -8 }, { "PDT", -7 },
    };
    char sign = peek(scanner);
    if (take(scanner, "+-")) {
        int hours = take_number(scanner, 2, 2);
        take(scanner, ":");
        int minutes = take_number(scanner, 2, 2);
        moment->zone = 60 * hours + (minutes < 0 ? 0 : minutes);
        if (hours < 0 || minutes > 59 || moment->zone > FURTHEST_ZONE)
            return false;
        if (sign == '-')
            moment->zone = -moment->zone;
        return true;
    }
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
        Str rest = str_slice(scanner->s, scanner->at, scanner->s.size);
        if (str_starts(rest, str_of(zones[i].name))) {
            scanner->at += strlen(zones[i].name);
            moment->zone = 60 * zones[i].hours;
            return true;
        }
    }
    return false;
}

/* "18:06", "18:06:00", "18:06:00.250", with `separator` or, compact, without. */
static bool take_time(Scanner *scanner, const char *separator, Moment *moment)
{
    moment->hour = take_number(scanner, 1, 2);
    if (*separator && !take(scanner, separator))
        return false;
    moment->minute = take_number(scanner, 2, 2);
    bool seconds = *separator ? take(scanner, separator) : peek(scanner) >= '0' && peek(scanner) <= '9';
    if (seconds) {
        moment->second = take_number(scanner, 2, 2);
        if (moment->second < 0 || moment->second > 60)
            return false;
        if (take(scanner, ".,") && take_number(scanner, 1, 9) < 0)
            return false;
    }
    return moment->hour >= 0 && moment->hour < 24 && moment->minute >= 0 && moment->minute < 60;
}

/* The time behind the date and its zone, if they are there; then the end. */
static bool take_rest(Scanner *scanner, const char *separator, Moment *moment)
{
    if (scanner->at == scanner->s.size)
        return true;
    if (!take(scanner, "Tt") && !take_spaces(scanner))
        return false;
    if (!take_time(scanner, separator, moment))
        return false;
    take_spaces(scanner);
    if (scanner->at < scanner->s.size && !take_zone(scanner, moment))
        return false;
    take_spaces(scanner);
    if (take(scanner, "(")) /* a comment of RFC 2822: "(BST)" */
        scanner->at = scanner->s.at[scanner->s.size - 1] == ')' ? scanner->s.size : scanner->at;
    return scanner->at == scanner->s.size;
}

static bool read_iso(Str s, Moment *moment)
{
    Scanner scanner = { s, 0 };
    moment->year = take_number(&scanner, 4, 4);
    char separator = peek(&scanner);
    bool compact = !take(&scanner, "-/.");
    moment->month = take_number(&scanner, compact ? 2 : 1, 2);
    if (!compact && (peek(&scanner) != separator || !take(&scanner, "-/.")))
        return false;
    moment->day = take_number(&scanner, compact ? 2 : 1, 2);
    return date_valid((Date){ moment->year, moment->month, moment->day }) &&
           take_rest(&scanner, compact ? "" : ":", moment);
}

static bool read_rfc2822(Str s, Moment *moment)
{
    Scanner scanner = { s, 0 };
    if (take_name(&scanner, "MonTueWedThuFriSatSun") >= 0) {
        take(&scanner, ",");
        take_spaces(&scanner);
    }
    moment->day = take_number(&scanner, 1, 2);
    if (!take_spaces(&scanner) && !take(&scanner, "-"))
        return false;
    moment->month = 1 + take_name(&scanner, "JanFebMarAprMayJunJulAugSepOctNovDec");
    if (!take_spaces(&scanner) && !take(&scanner, "-"))
        return false;
    moment->year = take_number(&scanner, 4, 4);
    return date_valid((Date){ moment->year, moment->month, moment->day }) && take_rest(&scanner, ":", moment);
}

bool date_read(Str s, Buffer *out)
{
    const Moment unknown = { .hour = -1, .second = -1, .zone = NO_ZONE };
    s = str_trim(s);
    Moment moment = unknown;
    if (!read_iso(s, &moment)) {
        moment = unknown;
        if (!read_rfc2822(s, &moment))
            return false;
    }
    buffer_format(out, "%04d-%02d-%02d", moment.year, moment.month, moment.day);
    if (moment.hour >= 0)
        buffer_format(out, "T%02d:%02d", moment.hour, moment.minute);
    if (moment.second >= 0)
        buffer_format(out, ":%02d", moment.second);
    if (moment.zone == 0)
        buffer_byte(out, 'Z');
    else if (moment.zone != NO_ZONE)
        buffer_format(out, "%c%02d:%02d", moment.zone < 0 ? '-' : '+', abs(moment.zone) / 60, abs(moment.zone) % 60);
    return true;
}

/* The date at scanner->at, between separators: four, two and two digits; the
 * last two may be one if separators part them. */
static bool take_date(Scanner *scanner, Moment *moment)
{
    moment->year = take_number(scanner, 4, 4);
    bool parted = take(scanner, "/-");
    moment->month = take_number(scanner, parted ? 1 : 2, 2);
    if (parted && !take(scanner, "/-"))
        return false;
    moment->day = take_number(scanner, parted ? 1 : 2, 2);
    char next = peek(scanner);
    return moment->year > 1900 && moment->year < 2100 &&
           date_valid((Date){ moment->year, moment->month, moment->day }) && !(next >= '0' && next <= '9');
}

bool date_in_address(Str address, Buffer *out)
{
    for (size_t i = 1; i < address.size; i++) {
        Scanner scanner = { address, i };
        Moment moment;
        if (!strchr("/-_=", address.at[i - 1]) || !address.at[i - 1] || !take_date(&scanner, &moment))
            continue;
        buffer_format(out, "%04d-%02d-%02d", moment.year, moment.month, moment.day);
        return true;
    }
    return false;
}

/* The end of the run of letters or of digits that begins at `from`. */
static size_t run_end(Str line, size_t from, bool digits)
{
    size_t at = from;
    for (size_t next = at; next < line.size; at = next) {
        uint32_t c = utf8_next(line, &next);
        if (digits ? c < '0' || c > '9' : !u_isalpha((UChar32)c))
            break;
    }
    return at;
}

bool date_in_words(Arena *arena, const PageHints *hints, Str line, Buffer *out)
{
    Date date = { 0 };
    int months = 0, days = 0, years = 0;
    Str folded = utf8_fold(arena, line);
    for (size_t at = 0; at < folded.size;) {
        bool digits = folded.at[at] >= '0' && folded.at[at] <= '9';
        size_t end = run_end(folded, at, digits);
        if (end == at) {
            utf8_next(folded, &at);
            continue;
        }
        Str run = str_slice(folded, at, end);
        bool clock = end < folded.size && strchr(":h", folded.at[end]); /* 18:06, 18h06 */
        int number = digits && run.size <= 4 ? atoi(str_copy(arena, run).at) : 0;
        int month = digits ? 0 : hints_month(hints, run);
        if (month && months++ == 0)
            date.month = month;
        else if (digits && run.size == 4 && number >= 1990 && number < 2100 && years++ == 0)
            date.year = number;
        else if (digits && run.size <= 2 && !clock && number >= 1 && number <= 31 && days++ == 0)
            date.day = number;
        at = end + (clock ? 3 : 0); /* the minutes are no day */
    }
    if (months != 1 || days < 1 || years != 1)
        return false;
    char written[32];
    snprintf(written, sizeof written, "%04d-%02d-%02d", date.year, date.month, date.day);
    return date_read(str_of(written), out);
}
