#include "receiver/takers/through_pipe.h"

#include <fcntl.h>

namespace zcl {

Status ThroughPipe::open_pipe() {
  Result<Pipe> pipe = Pipe::of_size({}, options_.buffer_bytes);
  if (!pipe.ok()) return std::move(pipe).error();
  pipe_ = std::move(*pipe);
  return {};
}

// The pipe is empty whenever it is filled, so only the socket can make this wait.
Result<uint64_t> ThroughPipe::take(int socket) {
  Result<uint64_t> filled =
      fill_([&] { return splice(socket, nullptr, pipe_.write_end(), nullptr, options_.buffer_bytes, 0); });
  if (!filled.ok()) return filled;
  for (uint64_t rest = *filled; rest > 0;) {
    const Result<uint64_t> drained =
        drain_([&] { return splice(pipe_.read_end(), nullptr, output(), nullptr, rest, 0); });
    if (!drained.ok()) return drained.error();
    rest -= *drained;
  }
  return filled;
}

}  // namespace zcl
