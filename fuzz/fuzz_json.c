/* Files as they come: JSON Lines, packed or not. */
#include "report.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    fuzz_file(bytes, size, true);
    return 0;
}
