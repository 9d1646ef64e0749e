#include "core/pipe.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace zcl {

Result<Pipe> Pipe::of_size(std::optional<uint64_t> wanted, uint64_t buffer_bytes) {
  constexpr uint64_t kSmallest = uint64_t{64} << 10;
  constexpr uint64_t kLargest = uint64_t{1} << 20;
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return system_error("pipe2", errno);
  UniqueFd read_end(ends[0]);
  UniqueFd write_end(ends[1]);
  const uint64_t size = wanted.value_or(std::clamp(buffer_bytes, kSmallest, kLargest));
  const int got = fcntl(write_end.get(), F_SETPIPE_SZ, static_cast<int>(size));
  if (got < 0) return system_error("fcntl", errno);
  return Pipe(std::move(read_end), std::move(write_end), static_cast<uint64_t>(got));
}

}  // namespace zcl
