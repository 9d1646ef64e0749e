#include "core/memory_file.h"

#include <fcntl.h>
#include <sys/mman.h>

#include <cerrno>

namespace zcl {

Result<UniqueFd> memory_file(const char* name, uint64_t bytes) {
  UniqueFd file(memfd_create(name, MFD_CLOEXEC));
  if (!file) return system_error("memfd_create", errno);
  while (fallocate64(file.get(), 0, 0, static_cast<off64_t>(bytes)) != 0) {
    if (errno != EINTR) return system_error("fallocate", errno);
  }
  return file;
}

}  // namespace zcl
