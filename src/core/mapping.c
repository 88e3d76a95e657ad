#include "core/mapping.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

bool mapping_open(Str *bytes, const char *path, Error *error)
{
    *bytes = (Str){ NULL, 0 };
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return error_set(error, RELATO_ERROR_LEXICON, 0, SIZE_MAX, "%s cannot be opened: %s", path, strerror(errno));
    struct stat status;
    if (fstat(file, &status) < 0 || status.st_size <= 0) {
        close(file);
        return error_set(error, RELATO_ERROR_LEXICON, 0, SIZE_MAX, "%s is empty", path);
    }
    void *at = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    close(file);
    if (at == MAP_FAILED)
        return error_set(error, RELATO_ERROR_LEXICON, 0, SIZE_MAX, "%s cannot be mapped: %s", path, strerror(errno));
    *bytes = (Str){ at, (size_t)status.st_size };
    return true;
}

void mapping_close(Str bytes)
{
    if (bytes.at)
        munmap((void *)(uintptr_t)bytes.at, bytes.size);
}

bool is_directory(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}
