#include "core/mapping.h"

#include <sys/mman.h>

#include <cerrno>

namespace zcl {

Result<Mapping> Mapping::buffer(size_t bytes) {
  if (bytes == 0) return Mapping{};
  void* data = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
  if (data == MAP_FAILED) return system_error("mmap", errno);
  return Mapping{data, bytes};
}

Result<Mapping> Mapping::of_file(int fd, size_t bytes, off_t offset) {
  void* data = mmap(nullptr, bytes, PROT_READ, MAP_SHARED, fd, offset);
  if (data == MAP_FAILED) return system_error("mmap", errno);
  return Mapping{data, bytes};
}

Result<Mapping> Mapping::shared(int fd, size_t bytes) {
  void* data = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, fd, 0);
  if (data == MAP_FAILED) return system_error("mmap", errno);
  return Mapping{data, bytes};
}

void Mapping::unmap() {
  if (data_ != nullptr) munmap(data_, size_);
  data_ = nullptr;
  size_ = 0;
}

}  // namespace zcl
