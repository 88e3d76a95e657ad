/* What the fuzz targets share: one report, read as the program reads it. */
#ifndef FUZZ_REPORT_H
#define FUZZ_REPORT_H

#include "relato.h"

/* Reads the record through all stages and writes it in every format; through
 * the page stage alone if no knowledge stands beside the target. */
void fuzz_report(const RelatoRecord *record);

/* Reads `size` bytes as a file: unpacked, cut into records, each record read
 * through all stages if `whole`, else through the page stage. */
void fuzz_file(const uint8_t *bytes, size_t size, bool whole);

#endif
