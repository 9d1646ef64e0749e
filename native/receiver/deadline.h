#pragma once

#include <poll.h>

#include <cstddef>
#include <cstdint>

#include "core/interrupt.h"
#include "core/result.h"

namespace zcl {

/// How long all of a set-up may take; whoever is slower than that is not coming.
constexpr int kPatienceSeconds = 10;

/// poll(2) against a deadline.
class Deadline {
 public:
  explicit Deadline(int seconds = kPatienceSeconds);

  /// Success means that something happened or a signal came: look again. ETIMEDOUT of `what` when it is over,
  /// CANCELLED when the interrupt says so.
  Status wait(pollfd* fds, size_t count, const char* what, const Interrupt& interrupt) const;

 private:
  const int64_t end_ns_;
};

}  // namespace zcl
