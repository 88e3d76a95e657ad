/* Web pages. */
#include "report.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    fuzz_report(&(RelatoRecord){ .bytes = (const char *)bytes, .size = size, .format = RELATO_FORMAT_HTML });
    return 0;
}
