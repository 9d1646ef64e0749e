#include "measure/host_cpu.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <cstring>

#include "core/unique_fd.h"

namespace zcl {
namespace {

/// Columns of the line `cpu`, which is the first.
enum Column { kUser, kNice, kSystem, kIdle, kIoWait, kIrq, kSoftirq, kColumns };
constexpr char kLineBegins[] = "cpu ";

}  // namespace

std::optional<HostCpu> host_cpu() {
  const UniqueFd file(open("/proc/stat", O_RDONLY | O_CLOEXEC));
  char text[512] = "";
  if (!file || read(file.get(), text, sizeof text - 1) <= 0) return {};
  if (std::strncmp(text, kLineBegins, sizeof kLineBegins - 1) != 0) return {};
  std::array<int64_t, kColumns> ticks{};
  char* at = text + sizeof kLineBegins - 1;
  for (int64_t& column : ticks) column = std::strtoll(at, &at, 10);
  const int64_t ns_per_tick = int64_t{1'000'000'000} / sysconf(_SC_CLK_TCK);
  const int64_t busy = ticks[kUser] + ticks[kNice] + ticks[kSystem] + ticks[kIrq] + ticks[kSoftirq];
  return HostCpu{busy * ns_per_tick, ticks[kSoftirq] * ns_per_tick};
}

}  // namespace zcl
