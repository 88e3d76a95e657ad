/* The Robots Exclusion Protocol (RFC 9309). */
#ifndef RELATO_INPUT_ROBOTS_H
#define RELATO_INPUT_ROBOTS_H

#include "core/str.h"

/* Whether `robots`, the contents of a robots.txt, lets `agent` (a product name in
 * small letters, zero-ended) fetch `path` ("/a/b?c"). The group that names the
 * agent counts, else that of "*"; of the rules that match the longest, of equal
 * ones that which allows. Linear in the size of both, for each rule. */
bool robots_allow(Str robots, const char *agent, Str path);

#endif
