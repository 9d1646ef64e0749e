#include "core/pipe.h"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <climits>

namespace zcl {

Result<Pipe> Pipe::open(uint64_t wanted) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return system_error("pipe", errno);
  UniqueFd read_end(ends[0]);
  UniqueFd write_end(ends[1]);
  fcntl(write_end.get(), F_SETPIPE_SZ, static_cast<int>(std::min<uint64_t>(wanted, INT_MAX)));
  const int bytes = fcntl(write_end.get(), F_GETPIPE_SZ);
  if (bytes < 0) return system_error("fcntl", errno);
  return Pipe(std::move(read_end), std::move(write_end), static_cast<uint64_t>(bytes));
}

}  // namespace zcl
