/* What every unit test includes: cmocka in its required order. */
#ifndef TEST_H
#define TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/str.h"

/* Fails unless the Str is this zero-ended string. */
#define assert_str(actual, expected) assert_str_at((actual), (expected), __FILE__, __LINE__)

static inline void assert_str_at(Str actual, const char *expected, const char *file, int line)
{
    if (!str_equal(actual, str_of(expected))) {
        print_error("\"%.*s\" is not \"%s\"\n", STR_ARGUMENTS(actual), expected);
        _fail(file, line);
    }
}

#endif
