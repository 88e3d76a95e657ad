/* Containers: zip, tar, web archives, feeds, messages. What is in them is read
 * as far as its text. */
#include "report.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    fuzz_file(bytes, size, false);
    return 0;
}
