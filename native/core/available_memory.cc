#include "core/available_memory.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "core/unique_fd.h"

namespace zcl {
namespace {

/// 0 where the kernel does not say.
uint64_t available_bytes() {
  constexpr char kName[] = "MemAvailable:";
  const UniqueFd file(open("/proc/meminfo", O_RDONLY | O_CLOEXEC));
  char text[512] = "";  // it is the third line
  if (!file || read(file.get(), text, sizeof text - 1) <= 0) return 0;
  const char* line = std::strstr(text, kName);
  return line != nullptr ? std::strtoull(line + sizeof kName - 1, nullptr, 10) * 1024 : 0;
}

}  // namespace

Status check_memory(uint64_t bytes) {
  constexpr uint64_t kNeverTooMuch = uint64_t{64} << 20;
  if (bytes <= kNeverTooMuch) return {};
  const uint64_t available = available_bytes();
  if (available == 0 || bytes <= available / 2) return {};
  return system_error("mmap", ENOMEM);
}

}  // namespace zcl
