#include "core/pipe.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace zcl {
namespace {

constexpr uint64_t kSmallest = 64 * 1024;   // what every pipe has by default
constexpr uint64_t kLargest = 1024 * 1024;  // what every user may have by default

}  // namespace

Result<Pipe> Pipe::open(std::optional<uint64_t> wanted, uint64_t buffer_bytes) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return system_error("pipe2", errno);
  Pipe pipe{UniqueFd(ends[0]), UniqueFd(ends[1]), 0};
  const uint64_t bytes = wanted.value_or(std::clamp(buffer_bytes, kSmallest, kLargest));
  const int got = fcntl(pipe.write_end.get(), F_SETPIPE_SZ, static_cast<int>(bytes));
  if (got < 0) return system_error("fcntl", errno);
  pipe.bytes = static_cast<uint64_t>(got);
  return pipe;
}

}  // namespace zcl
