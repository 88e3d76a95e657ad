#include "core/date.h"

int date_month_days(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

bool date_valid(Date date)
{
    return date.year >= 1 && date.year <= 9999 && date.month >= 1 && date.month <= 12 && date.day >= 1 &&
           date.day <= date_month_days(date.year, date.month);
}

long date_to_days(Date date)
{
    /* Years begin in March, so that the leap day is the last; eras have 400 years. */
    long year = date.year - (date.month <= 2);
    long era = (year >= 0 ? year : year - 399) / 400;
    long year_of_era = year - era * 400;
    long day_of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
    long day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

Date date_of_days(long days)
{
    days += 719468;
    long era = (days >= 0 ? days : days - 146096) / 146097;
    long day_of_era = days - era * 146097;
    long year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    long day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    long month = (5 * day_of_year + 2) / 153;
    Date date = { .day = (int)(day_of_year - (153 * month + 2) / 5 + 1),
                  .month = (int)(month < 10 ? month + 3 : month - 9) };
    date.year = (int)(year_of_era + era * 400 + (date.month <= 2));
    return date;
}

int date_weekday(Date date)
{
    long days = date_to_days(date) + 3; /* 1970-01-01 was a Thursday */
    return (int)((days % 7 + 7) % 7) + 1;
}

bool date_parse(Str s, Date *date)
{
    static const char shape[] = "dddd-dd-dd";
    int number[3] = { 0, 0, 0 }, part = 0;
    if (s.size < sizeof shape - 1 ||
        (s.size > sizeof shape - 1 && s.at[sizeof shape - 1] >= '0' && s.at[sizeof shape - 1] <= '9'))
        return false;
    for (size_t i = 0; shape[i]; i++) {
        if (shape[i] == '-' ? s.at[i] != '-' : s.at[i] < '0' || s.at[i] > '9')
            return false;
        if (shape[i] == '-')
            part++;
        else
            number[part] = 10 * number[part] + (s.at[i] - '0');
    }
    *date = (Date){ number[0], number[1], number[2] };
    return date_valid(*date);
}
