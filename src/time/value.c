#include "time/value.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- moments --------------------------------------------------------------------- */

/* Seasons of the northern year by their astronomical beginnings. */
static const struct {
    char name[3];
    int month, day;
} seasons[] = {
    { "SP", 3, 20 },
    { "SU", 6, 21 },
    { "FA", 9, 22 },
    { "WI", 12, 21 },
};

static Moment moment_of_date(Date date)
{
    return (Moment){ LEVEL_DAY, date.year, date.month, date.day };
}

static Date first_day(int year, int month, int day)
{
    return (Date){ year, month, day };
}

/* The Monday of a week of the ISO year. */
static long monday(int year, int week)
{
    Date january4 = { year, 1, 4 };
    return date_to_days(january4) - (date_weekday(january4) - 1) + 7L * (week - 1);
}

static Moment week_of_days(long days)
{
    long thursday = days - (date_weekday(date_of_days(days)) - 1) + 3;
    Date date = date_of_days(thursday);
    int week = (int)((thursday - date_to_days(first_day(date.year, 1, 1))) / 7) + 1;
    return (Moment){ LEVEL_WEEK, date.year, week, 0 };
}

bool moment_days(Moment moment, Date *from, Date *to)
{
    int year = moment.year;
    if (moment.level == LEVEL_NONE || year < 0 || year > 9999 || (moment.level >= LEVEL_YEAR && year < 1))
        return false;
    int first = moment.part, last = moment.part; /* months */
    switch (moment.level) {
    case LEVEL_CENTURY:
        *from = first_day(year ? 100 * year : 1, 1, 1);
        *to = first_day(100 * year + 99, 12, 31);
        return year < 100;
    case LEVEL_DECADE:
        *from = first_day(year ? 10 * year : 1, 1, 1);
        *to = first_day(10 * year + 9, 12, 31);
        return year < 1000;
    case LEVEL_DAY:
        *from = *to = first_day(year, moment.part, moment.day);
        return date_valid(*from);
    case LEVEL_WEEK:
    case LEVEL_WEEKEND:
        *from = date_of_days(monday(year, moment.part) + (moment.level == LEVEL_WEEKEND ? 5 : 0));
        *to = date_of_days(monday(year, moment.part) + 6);
        return true;
    case LEVEL_SEASON:
        *from = first_day(year, seasons[first - 1].month, seasons[first - 1].day);
        *to = first_day(first == 4 ? year + 1 : year, seasons[first % 4].month, seasons[first % 4].day);
        *to = date_of_days(date_to_days(*to) - 1);
        return true;
    case LEVEL_YEAR:
        first = 1, last = 12;
        break;
    case LEVEL_HALF:
        first = 6 * moment.part - 5, last = 6 * moment.part;
        break;
    case LEVEL_QUARTER:
        first = 3 * moment.part - 2, last = 3 * moment.part;
        break;
    default:
        break;
    }
    *from = first_day(year, first, 1);
    *to = first_day(year, last, date_month_days(year, last));
    return true;
}

/* The day in the middle of things: of a day itself, else the first day. */
static bool first_of(Moment moment, Date *date)
{
    Date to;
    return moment_days(moment, date, &to);
}

/* The moment of `level` that holds the day. */
static Moment moment_at(Date date, Level level)
{
    Moment week = week_of_days(date_to_days(date));
    switch (level) {
    case LEVEL_CENTURY:
        return (Moment){ level, date.year / 100, 0, 0 };
    case LEVEL_DECADE:
        return (Moment){ level, date.year / 10, 0, 0 };
    case LEVEL_YEAR:
        return (Moment){ level, date.year, 0, 0 };
    case LEVEL_HALF:
        return (Moment){ level, date.year, (date.month + 5) / 6, 0 };
    case LEVEL_QUARTER:
        return (Moment){ level, date.year, (date.month + 2) / 3, 0 };
    case LEVEL_MONTH:
        return (Moment){ level, date.year, date.month, 0 };
    case LEVEL_WEEK:
    case LEVEL_WEEKEND:
        week.level = level;
        return week;
    case LEVEL_SEASON: {
        int season = 4;
        for (int i = 0; i < 4; i++)
            if (date.month > seasons[i].month || (date.month == seasons[i].month && date.day >= seasons[i].day))
                season = i + 1;
        bool new_year = season == 4 && date.month < 12;
        return (Moment){ level, date.year - new_year, season, 0 };
    }
    default:
        return moment_of_date(date);
    }
}

/* Moves year and part on by `count` parts of which a year has `parts`. */
static Moment moved_part(Moment moment, long count, int parts)
{
    long all = (long)moment.year * parts + moment.part - 1 + count;
    long year = all >= 0 ? all / parts : -((-all + parts - 1) / parts);
    moment.year = (int)year;
    moment.part = (int)(all - year * parts) + 1;
    return moment;
}

/* The moment `count` units of `unit` on, at its own level. */
static Moment moved(Moment moment, long count, Level unit)
{
    Date date;
    switch (unit) {
    case LEVEL_DAY:
    case LEVEL_WEEK:
    case LEVEL_WEEKEND:
        if (!first_of(moment, &date))
            return (Moment){ 0 };
        return moment_at(date_of_days(date_to_days(date) + count * (unit == LEVEL_DAY ? 1 : 7)), moment.level);
    case LEVEL_MONTH:
    case LEVEL_QUARTER:
    case LEVEL_HALF: {
        long months = count * (unit == LEVEL_MONTH ? 1 : unit == LEVEL_QUARTER ? 3 : 6);
        if (moment.level == LEVEL_WEEK || moment.level == LEVEL_WEEKEND || moment.level == LEVEL_SEASON ||
            !first_of(moment, &date))
            return (Moment){ 0 };
        Moment month = moved_part((Moment){ LEVEL_MONTH, date.year, date.month, 0 }, months, 12);
        int days = month.year > 0 && month.year < 10000 ? date_month_days(month.year, month.part) : 31;
        return moment_at(first_day(month.year, month.part, date.day < days ? date.day : days), moment.level);
    }
    case LEVEL_SEASON:
        return moment.level == LEVEL_SEASON ? moved_part(moment, count, 4) : (Moment){ 0 };
    default: {
        long years = count * (unit == LEVEL_CENTURY ? 100 : unit == LEVEL_DECADE ? 10 : 1);
        if (moment.level == LEVEL_CENTURY || moment.level == LEVEL_DECADE)
            moment.year += (int)(years / (moment.level == LEVEL_CENTURY ? 100 : 10));
        else
            moment.year += (int)years;
        if (moment.level == LEVEL_DAY && moment.part == 2 && moment.day == 29 &&
            !date_valid(first_day(moment.year, 2, 29)))
            moment.day = 28;
        return moment;
    }
    }
}

static Str moment_format(Arena *arena, Moment m)
{
    switch (m.level) {
    case LEVEL_CENTURY:
        return str_format(arena, "%02d", m.year);
    case LEVEL_DECADE:
        return str_format(arena, "%03d", m.year);
    case LEVEL_YEAR:
        return str_format(arena, "%04d", m.year);
    case LEVEL_HALF:
        return str_format(arena, "%04d-H%d", m.year, m.part);
    case LEVEL_QUARTER:
        return str_format(arena, "%04d-Q%d", m.year, m.part);
    case LEVEL_SEASON:
        return str_format(arena, "%04d-%s", m.year, seasons[m.part - 1].name);
    case LEVEL_MONTH:
        return str_format(arena, "%04d-%02d", m.year, m.part);
    case LEVEL_WEEK:
        return str_format(arena, "%04d-W%02d", m.year, m.part);
    case LEVEL_WEEKEND:
        return str_format(arena, "%04d-W%02d-WE", m.year, m.part);
    default:
        return str_format(arena, "%04d-%02d-%02d", m.year, m.part, m.day);
    }
}

/* ---- expressions --------------------------------------------------------------------- */

typedef enum Base {
    BASE_CALENDAR,
    BASE_NOW,
    BASE_REFERENCE,
    BASE_DAY /* the day that was mentioned last; "T18:06" says no more */
} Base;

/* What an expression says: a calendar pattern, or a base with a shift and
 * perhaps a part of the moment it leads to. 0 is "not said". */
typedef struct Expression {
    Base base;
    bool keeps_level; /* "!": as fine as the base */
    double shift;
    Level unit;
    bool hours;            /* the unit is shorter than a day */
    bool too_far;          /* for any calendar */
    int year_digits, year; /* 4, 3 (decade) or 2 (century) digits known */
    Level level;           /* of the part */
    int part, day, weekday;
    bool easter;       /* `day` days after Easter Sunday */
    int nth;           /* nth `weekday` of month `part`; 5: the last */
    int known_weekday; /* "~5": the day is a Friday */
    Str time;          /* "TMO", "T18:06" */
} Expression;

static const struct {
    const char *name;
    Level level;
    bool hours;
} units[] = {
    { "TH", LEVEL_DAY, true },      { "TM", LEVEL_DAY, true },     { "TS", LEVEL_DAY, true },
    { "CE", LEVEL_CENTURY, false }, { "DE", LEVEL_DECADE, false }, { "WE", LEVEL_WEEKEND, false },
    { "Y", LEVEL_YEAR, false },     { "H", LEVEL_HALF, false },    { "Q", LEVEL_QUARTER, false },
    { "S", LEVEL_SEASON, false },   { "M", LEVEL_MONTH, false },   { "W", LEVEL_WEEK, false },
    { "D", LEVEL_DAY, false },
};

static bool take(Str *s, const char *prefix)
{
    if (!str_starts(*s, str_of(prefix)))
        return false;
    *s = str_slice(*s, strlen(prefix), s->size);
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Exactly `count` digits. */
static bool take_digits(Str *s, size_t count, int *value)
{
    int number = 0;
    if (s->size < count)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!is_digit(s->at[i]))
            return false;
        number = 10 * number + s->at[i] - '0';
    }
    *value = number;
    *s = str_slice(*s, count, s->size);
    return true;
}

enum { FARTHEST_SHIFT = 20000 };

/* "+2W", "-0.5Y!": the shift of a base. */
static bool take_shift(Str *s, Expression *e)
{
    bool minus = s->at[0] == '-';
    size_t i = 1;
    double value = 0, place = 0;
    if (i >= s->size || !is_digit(s->at[i]))
        return false;
    for (; i < s->size && (is_digit(s->at[i]) || s->at[i] == '.'); i++) {
        if (s->at[i] == '.')
            place = 1;
        else {
            value = 10 * value + (s->at[i] - '0');
            place *= 10;
        }
    }
    if (place > 1)
        value /= place;
    *s = str_slice(*s, i, s->size);
    for (size_t u = 0; u < sizeof units / sizeof *units; u++)
        if (take(s, units[u].name)) {
            e->unit = units[u].level;
            e->hours = units[u].hours;
            e->shift = minus ? -value : value;
            e->keeps_level = take(s, "!");
            e->too_far = value >= FARTHEST_SHIFT;
            return true;
        }
    return false;
}

/* "easter+49": a day counted from Easter Sunday; "11-4TH"-like days are "11-#4-4". */
static bool take_feast(Str *s, Expression *e)
{
    if (!take(s, "easter"))
        return false;
    e->easter = true;
    e->level = LEVEL_DAY;
    if (s->size && (s->at[0] == '+' || s->at[0] == '-')) {
        char digits[8] = { 0 };
        size_t i = 1;
        while (i < s->size && i < sizeof digits - 1 && is_digit(s->at[i]))
            i++;
        memcpy(digits, s->at, i);
        e->day = atoi(digits);
        *s = str_slice(*s, i, s->size);
    }
    return true;
}

/* A part of a year, month or week behind a hyphen. */
static bool take_part(Str *s, Expression *e)
{
    static const struct {
        const char *letter;
        Level level;
    } parts[] = { { "Q", LEVEL_QUARTER }, { "H", LEVEL_HALF } };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (take(s, parts[i].letter)) {
            e->level = parts[i].level;
            return take(s, "X") || take_digits(s, 1, &e->part);
        }
    for (int i = 0; i < 4; i++)
        if (take(s, seasons[i].name)) {
            e->level = LEVEL_SEASON;
            e->part = i + 1;
            return true;
        }
    if (take(s, "WE")) {
        e->level = LEVEL_WEEKEND;
        return true;
    }
    if (take(s, "W")) {
        e->level = LEVEL_WEEK;
        if (!take(s, "XX") && !take_digits(s, 2, &e->part))
            return false;
        if (take(s, "-WE"))
            e->level = LEVEL_WEEKEND;
        else if (take(s, "-"))
            return take_digits(s, 1, &e->weekday) && e->weekday >= 1 && e->weekday <= 7;
        return true;
    }
    if (take_feast(s, e))
        return true;
    if (e->unit == LEVEL_MONTH) { /* a day of the month that the shift led to */
        e->level = LEVEL_DAY;
        return take_digits(s, 2, &e->day) && e->day >= 1 && e->day <= 31;
    }
    e->level = LEVEL_MONTH;
    if (!take(s, "XX") && !take_digits(s, 2, &e->part)) {
        e->level = LEVEL_WEEK;
        return e->unit == LEVEL_WEEK && take_digits(s, 1, &e->weekday) && e->weekday >= 1 && e->weekday <= 7;
    }
    if (take(s, "-#")) {
        e->level = LEVEL_DAY;
        return take_digits(s, 1, &e->nth) && take(s, "-") && take_digits(s, 1, &e->weekday);
    }
    if (take(s, "-")) {
        e->level = LEVEL_DAY;
        if (take(s, "XX"))
            return true;
        if (!take_digits(s, 2, &e->day) || e->day < 1 || e->day > 31)
            return false;
        return !take(s, "~") ||
               (take_digits(s, 1, &e->known_weekday) && e->known_weekday >= 1 && e->known_weekday <= 7);
    }
    return true;
}

/* "2022", "199", "19", "XXXX", "XX". */
static bool take_year(Str *s, Expression *e)
{
    if (take(s, "XXXX") || take(s, "XXX") || take(s, "XX"))
        return true;
    for (int digits = 4; digits >= 2; digits--) {
        Str rest = *s;
        if (take_digits(&rest, (size_t)digits, &e->year) && (!rest.size || !is_digit(rest.at[0]))) {
            take(&rest, digits == 3 ? "X" : digits == 2 ? "XX" : "");
            e->year_digits = digits;
            *s = rest;
            return true;
        }
    }
    return false;
}

static bool expression_parse(Str s, Expression *e)
{
    *e = (Expression){ 0 };
    if (s.size && s.at[0] == 'T') {
        *e = (Expression){ .base = BASE_DAY, .unit = LEVEL_DAY, .time = s };
        return true;
    }
    bool shifted = take(&s, "now"), referred = !shifted && take(&s, "ref");
    if (shifted || referred) {
        e->base = shifted ? BASE_NOW : BASE_REFERENCE;
        if (!s.size || (s.at[0] != '+' && s.at[0] != '-') || !take_shift(&s, e))
            return false;
    } else if (!take_year(&s, e))
        return false;
    if (take(&s, "-") && !take_part(&s, e))
        return false;
    if (s.size && s.at[0] != 'T')
        return false;
    e->time = s;
    return e->part >= 0 && !(e->level == LEVEL_MONTH && e->part > 12) && !(e->level == LEVEL_DAY && e->part > 12) &&
           !(e->level == LEVEL_QUARTER && e->part > 4) && !(e->level == LEVEL_HALF && e->part > 2) && e->part <= 53;
}

/* ---- choosing what fits ------------------------------------------------------------------ */

/* Easter Sunday of a Gregorian year (Butcher's algorithm). */
static Date easter_of(int year)
{
    int a = year % 19, b = year / 100, c = year % 100;
    int d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    int e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
    int f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;
    return (Date){ year, f / 31, f % 31 + 1 };
}

static Date nth_weekday(int year, int month, int nth, int weekday)
{
    int first = date_weekday(first_day(year, month, 1));
    int day = 1 + (weekday - first + 7) % 7 + 7 * (nth - 1);
    while (day > date_month_days(year, month))
        day -= 7;
    return first_day(year, month, day);
}

/* What the expression means in a year. LEVEL_NONE if there is no such day. */
static Moment in_year(const Expression *e, int year)
{
    Moment moment = { e->level ? e->level : LEVEL_YEAR, year, e->part, e->day };
    if (e->level == LEVEL_WEEKEND && !e->part)
        return (Moment){ 0 };
    if (e->easter)
        return moment_of_date(date_of_days(date_to_days(easter_of(year)) + e->day));
    if (e->nth)
        return moment_of_date(nth_weekday(year, e->part, e->nth, e->weekday));
    if (e->level == LEVEL_WEEK && e->weekday)
        return moment_of_date(date_of_days(monday(year, e->part) + e->weekday - 1));
    if (e->level == LEVEL_DAY && (e->day == 0 || !date_valid(first_day(year, e->part, e->day))))
        return (Moment){ 0 };
    return moment;
}

/* Candidates for a pattern: number `index` from the one at `now` on (may be negative). */
static Moment candidate(const Expression *e, Date now, int index)
{
    if (e->level == LEVEL_WEEKEND && e->part == 0)
        return moment_at(date_of_days(date_to_days(now) + 7L * index), LEVEL_WEEKEND);
    if (e->level == LEVEL_WEEK && e->part == 0) {
        long day = date_to_days(now) - date_weekday(now) + e->weekday + 7L * index;
        return e->weekday ? moment_of_date(date_of_days(day)) : (Moment){ 0 };
    }
    if (e->level == LEVEL_DAY && e->part == 0 && e->day && !e->easter) {
        Moment month = moved_part((Moment){ LEVEL_MONTH, now.year, now.month, 0 }, index, 12);
        Date date = { month.year, month.part, e->day };
        return date_valid(date) ? moment_of_date(date) : (Moment){ 0 };
    }
    bool unknown = e->level == LEVEL_NONE || (e->part == 0 && !e->easter && e->level != LEVEL_NONE);
    return unknown ? (Moment){ 0 } : in_year(e, now.year + index);
}

/* Days from now to a moment: 0 if now is in it. */
static long distance(Moment moment, Date now)
{
    Date from, to;
    long today = date_to_days(now);
    if (!moment_days(moment, &from, &to))
        return 0;
    return date_to_days(from) > today ? date_to_days(from) - today
           : date_to_days(to) < today ? date_to_days(to) - today
                                      : 0;
}

/* A date without a year is rather eight months past than four ahead. */
enum { FARTHEST_NEAR = 100 };

static bool direction_allows(Direction direction, long days)
{
    switch (direction) {
    case DIRECTION_PAST:
        return days <= 0;
    case DIRECTION_FUTURE:
        return days >= 0;
    case DIRECTION_LAST:
        return days < 0;
    case DIRECTION_NEXT:
        return days > 0;
    default:
        return days <= FARTHEST_NEAR;
    }
}

static bool falls_on(Moment day, int weekday)
{
    Date date = { day.year, day.part, day.day };
    return date_valid(date) && date_weekday(date) == weekday;
}

/* The nearest of the moments that fit the pattern and the direction. */
static Moment choose(const Expression *e, Date now, Direction direction)
{
    Moment best = { 0 };
    long least = 0;
    for (int index = -9; index <= 9; index++) { /* 29 February: eight years at most */
        Moment moment = candidate(e, now, index);
        long days = distance(moment, now);
        if (e->known_weekday && !falls_on(moment, e->known_weekday))
            continue;
        bool allowed = direction_allows(direction, days) || (direction == DIRECTION_NEAR && e->known_weekday);
        if (moment.level && allowed && (!best.level || labs(days) < least)) {
            best = moment;
            least = labs(days);
        }
    }
    return best;
}

/* ---- resolving ------------------------------------------------------------------------------- */

/* The base of a shift, moved. */
static Moment shifted(const Expression *e, Moment base)
{
    Date date;
    if (!first_of(base, &date) || e->too_far)
        return (Moment){ 0 };
    if (e->hours)
        return base.level == LEVEL_DAY ? base : (Moment){ 0 };
    long count = lround(e->shift);
    if (e->keeps_level && base.level > e->unit)
        return moved(base, count, e->unit);
    /* From a coarser base nothing finer can be told: not the day two days after March. */
    if (base.level < e->unit)
        return (Moment){ 0 };
    bool halves = e->shift != (double)count && e->unit == LEVEL_YEAR;
    if (halves) /* two and a half years ago: a month */
        return moved(moment_at(date, LEVEL_MONTH), lround(12 * e->shift), LEVEL_MONTH);
    return moved(moment_at(date, e->unit), count, e->unit);
}

/* The part of a moment that the expression names: the March of a year, the Monday of a week. */
static Moment refined(const Expression *e, Moment whole)
{
    Date from, to;
    if (e->level == LEVEL_NONE || !moment_days(whole, &from, &to))
        return whole;
    if (e->weekday && whole.level == LEVEL_WEEK)
        return moment_of_date(date_of_days(date_to_days(from) + e->weekday - 1));
    if (e->level == LEVEL_WEEKEND && whole.level == LEVEL_WEEK) {
        whole.level = LEVEL_WEEKEND;
        return whole;
    }
    if (e->level == LEVEL_DAY && !e->part && whole.level == LEVEL_MONTH)
        return date_valid(first_day(whole.year, whole.part, e->day))
                   ? (Moment){ LEVEL_DAY, whole.year, whole.part, e->day }
                   : (Moment){ 0 };
    return whole.level == LEVEL_YEAR ? in_year(e, whole.year) : (Moment){ 0 };
}

/* What stands for a moment that is not known. */
static Str unknown_format(Arena *arena, const Expression *e)
{
    Level level = e->level ? e->level : e->unit;
    char part[4] = "XX", day[4] = "XX";
    if (e->part)
        snprintf(part, sizeof part, "%02d", e->part % 100);
    if (e->day && !e->easter)
        snprintf(day, sizeof day, "%02d", e->day % 100);
    switch (level) {
    case LEVEL_CENTURY:
        return STR("XX");
    case LEVEL_DECADE:
        return STR("XXX");
    case LEVEL_YEAR:
        return STR("XXXX");
    case LEVEL_HALF:
        return str_format(arena, "XXXX-H%c", e->part ? '0' + e->part : 'X');
    case LEVEL_QUARTER:
        return str_format(arena, "XXXX-Q%c", e->part ? '0' + e->part : 'X');
    case LEVEL_SEASON:
        return e->part ? str_format(arena, "XXXX-%s", seasons[e->part - 1].name) : STR("XXXX");
    case LEVEL_MONTH:
        return str_format(arena, "XXXX-%s", part);
    case LEVEL_WEEK:
        return e->weekday ? str_format(arena, "XXXX-W%s-%d", part, e->weekday) : str_format(arena, "XXXX-W%s", part);
    case LEVEL_WEEKEND:
        return str_format(arena, "XXXX-W%s-WE", part);
    default:
        return str_format(arena, "XXXX-%s-%s", part, day);
    }
}

void anchors_mention(Anchors *anchors, Moment moment)
{
    anchors->mentioned[moment.level] = moment;
    anchors->order[moment.level] = ++anchors->count;
}

/* The last moment mentioned of the levels from `coarse` to `fine`. */
static Moment last_mentioned(const Anchors *anchors, Level coarse, Level fine)
{
    Level last = fine;
    for (Level level = coarse; level < fine; level++)
        if (anchors->order[level] > anchors->order[last])
            last = level;
    return anchors->mentioned[last];
}

/* What "that", "the following" and so on refer to. */
static Moment reference_of(const Expression *e, const Anchors *anchors)
{
    Moment moment, fallback = anchors->now;
    Date today;
    if (!first_of(anchors->now, &today))
        return last_mentioned(anchors, e->unit > LEVEL_NONE ? e->unit : LEVEL_CENTURY, LEVEL_DAY);
    if (e->keeps_level) {
        moment = last_mentioned(anchors, LEVEL_YEAR, LEVEL_MONTH);
        fallback = moment_at(today, LEVEL_YEAR);
    } else if (e->unit == LEVEL_QUARTER) {
        moment = anchors->mentioned[LEVEL_QUARTER];
        fallback = moved(moment_at(today, LEVEL_QUARTER), -1, LEVEL_QUARTER);
    } else
        moment = last_mentioned(anchors, e->unit, LEVEL_DAY);
    return moment.level ? moment : fallback;
}

static Moment resolve(const Expression *e, const Anchors *anchors, Direction direction)
{
    if (e->base == BASE_DAY)
        return anchors->mentioned[LEVEL_DAY];
    if (e->base != BASE_CALENDAR)
        return refined(e, shifted(e, e->base == BASE_NOW ? anchors->now : reference_of(e, anchors)));
    if (e->year_digits == 2 && !e->level)
        return (Moment){ LEVEL_CENTURY, e->year, 0, 0 };
    if (e->year_digits == 3 && !e->level)
        return (Moment){ LEVEL_DECADE, e->year, 0, 0 };
    if (e->year_digits == 4)
        return e->level && !e->part && !e->easter ? (Moment){ 0 } : in_year(e, e->year);
    Date today;
    if (!first_of(anchors->now, &today))
        return (Moment){ 0 };
    Moment moment = choose(e, today, direction);
    if (!moment.level && e->known_weekday) { /* day and weekday do not go together: the day counts */
        Expression day = *e;
        day.known_weekday = 0;
        moment = choose(&day, today, direction);
    }
    return moment;
}

/* "P2TH" -> "PT2H": hours, minutes and seconds go behind one T. */
static Str duration_format(Arena *arena, Str text)
{
    Str date = STR("P"), time = STR("");
    for (size_t i = 1; i < text.size;) {
        size_t start = i;
        while (i < text.size && (is_digit(text.at[i]) || text.at[i] == '.' || text.at[i] == 'X'))
            i++;
        bool clock = i < text.size && text.at[i] == 'T';
        Str number = str_slice(text, start, i);
        size_t unit = i + clock;
        for (i = unit; i < text.size && !is_digit(text.at[i]) && text.at[i] != 'X'; i++)
            ;
        Str piece = str_join(arena, number, str_slice(text, unit, i));
        if (clock && number.size)
            time = str_join(arena, time, piece);
        else if (clock) /* "PT2H" as it should be */
            return text;
        else
            date = str_join(arena, date, piece);
    }
    return time.size ? str_join(arena, str_join(arena, date, STR("T")), time) : date;
}

/* Durations, vague references and years before Christ stand for themselves. */
static bool is_verbatim(Str text)
{
    return (text.size && text.at[0] == 'P') || str_ends(text, STR("_REF")) || str_starts(text, STR("BC"));
}

bool value_valid(Str text)
{
    Expression e;
    return is_verbatim(text) || expression_parse(text, &e);
}

bool value_compares(Str text)
{
    Expression e;
    return expression_parse(text, &e) && e.keeps_level;
}

Str value_resolve(Arena *arena, Str text, const Anchors *anchors, Direction direction, Moment *moment)
{
    Expression e;
    *moment = (Moment){ 0 };
    if (is_verbatim(text))
        return text.at[0] == 'P' && !str_ends(text, STR("_REF")) ? duration_format(arena, text) : text;
    if (!expression_parse(text, &e))
        return STR("XXXX-XX-XX");
    *moment = resolve(&e, anchors, direction);
    Date from, to;
    if (moment->level && !moment_days(*moment, &from, &to))
        *moment = (Moment){ 0 };
    if (moment->level)
        return str_join(arena, moment_format(arena, *moment), e.time);
    if (e.base == BASE_CALENDAR && !e.known_weekday)
        return text;
    return str_join(arena, unknown_format(arena, &e), e.time);
}
