#pragma once

#include "transfer.h"

namespace zcl {

/// What every mode does with its output: write everything, and sit out what is no error.
class OutputLoop {
 public:
  explicit OutputLoop(CallCounter& calls) : write_(calls["write"]), send_(calls["send"]), poll_(calls["poll"]) {}

  /// write(2) until all of `data` is taken: one call where nothing disturbs. With `more` to come, which write cannot
  /// say, it is send(2) with MSG_MORE in its place; for the output must then be a socket.
  Status write_all(const Job& job, const std::byte* data, size_t bytes, bool more = false);

  /// After `call` on the output gave `error`: success means try again (EINTR, or EAGAIN and the output is writable
  /// now), anything else is the end (CANCELLED, or the error itself).
  Status ride_out(const Job& job, const char* call, int error);

 private:
  SystemCall& write_;
  SystemCall& send_;
  SystemCall& poll_;
};

}  // namespace zcl
