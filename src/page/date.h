/* Dates as machines write them. */
#ifndef RELATO_PAGE_DATE_H
#define RELATO_PAGE_DATE_H

#include "core/arena.h"
#include "core/buffer.h"
#include "page/hints.h"

/* Reads a date, or a date with its time, in ISO 8601 ("2023-10-04",
 * "20231004T180600Z", also with slashes or a space before the time) or in RFC
 * 2822 ("Wed, 4 Oct 2023 18:06:00 +0100"), and adds it to `out` as
 * "2023-10-04", "2023-10-04T18:06", "2023-10-04T18:06:00+01:00". White space
 * around it is passed over, fractions of a second are dropped. Returns false
 * and adds nothing if `s` is none of these or no day of the calendar. */
bool date_read(Str s, Buffer *out);

/* Finds a date in the path of a web address ("/2023/10/04/", "2023-10-4",
 * "/20231004/") and adds it to `out` as date_read does; false if there is none. */
bool date_in_address(Str address, Buffer *out);

/* Finds the date in a short line that is written for people - "Jueves 2 de abril de
 * 2020", "April 2, 2020 5:22 pm" - and adds its day to `out` as date_read does; false
 * if the line has not one day, one month by its name and one year. */
bool date_in_words(Arena *arena, const PageHints *hints, Str line, Buffer *out);

#endif
