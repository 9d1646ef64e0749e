#pragma once

#include <cstdint>

#include "core/interrupt.h"
#include "transfer.h"

namespace zcl {

/// Keeps a transfer from being faster than a rate: before every chunk, and once more at the end, the thread sleeps
/// until as much time has passed since the first one as the bytes moved so far take at that rate. Less than 1 ms is not
/// slept for, so that small chunks go in little groups: a sleep costs CPU time too, which is the sender's.
class Pace final : public Moment {
 public:
  /// A cancel through `interrupt` ends a sleep at once; it must reach the thread that moves. Sleeps are made as
  /// `clock_nanosleep`, so they are among the calls of the sender.
  Pace(uint64_t bytes_per_second, const Interrupt& interrupt, CallCounter& calls)
      : bytes_per_second_(bytes_per_second), interrupt_(interrupt), sleep_(calls["clock_nanosleep"]) {}

  void reached(uint64_t moved) override;

  /// The next count begins at 0 again, behind these.
  void done_with(uint64_t bytes) { before_ += bytes; }

 private:
  const uint64_t bytes_per_second_;
  const Interrupt& interrupt_;
  SystemCall& sleep_;
  uint64_t before_ = 0;
  int64_t started_ns_ = 0;  // 0: not yet
};

}  // namespace zcl
