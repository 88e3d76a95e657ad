/* Dates of the proleptic Gregorian calendar. */
#ifndef RELATO_CORE_DATE_H
#define RELATO_CORE_DATE_H

#include "core/str.h"

typedef struct Date {
    int year, month, day; /* month and day from 1 */
} Date;

/* Days in a month of a year. */
int date_month_days(int year, int month);

/* True if there is such a day, from year 1 to 9999. */
bool date_valid(Date date);

/* Days since 1970-01-01, and back (Hinnant, "chrono-Compatible Low-Level Date Algorithms"). */
long date_to_days(Date date);
Date date_of_days(long days);

/* Day of the week, Monday 1 to Sunday 7 (ISO 8601). */
int date_weekday(Date date);

/* Reads "2024-01-31" at the start of s; what follows the day ("T10:00Z") must not
 * be a digit. False if that is not there or there is no such day. */
bool date_parse(Str s, Date *date);

#endif
