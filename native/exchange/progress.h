#pragma once

#include <atomic>
#include <cstdint>

#include "core/interrupt.h"
#include "core/result.h"
#include "measure/calls.h"

namespace zcl {

/// How far one side has come, in memory that both sides see, be they threads or processes. That side alone raises it;
/// the other may wait for it, with a futex(2) that is only called when one really sleeps. All zero is where it begins.
class Progress {
 public:
  /// From any thread of either side.
  uint64_t value() const { return value_.load(std::memory_order_acquire); }

  /// Never lower than before. A call it needs is made as `futex`.
  void raise(uint64_t value, SystemCall& futex);

  /// There will be no more: whoever waits need not any longer.
  void leave();

  /// Waits until the value is at least `wanted`. CANCELLED; EPIPE when its side left before; ETIMEDOUT after
  /// `patience_ns`, if that is not negative.
  Status await(uint64_t wanted, const Interrupt& interrupt, SystemCall& futex, int64_t patience_ns = -1);

  /// Waits until its side has left. CANCELLED.
  Status await_leaving(const Interrupt& interrupt);

 private:
  bool reached(uint64_t wanted) const;
  bool claim_sleeper();
  long wake();

  std::atomic<uint64_t> value_;
  std::atomic<uint64_t> wanted_;  // what the sleeper waits for
  std::atomic<uint32_t> asleep_;  // the futex: 1 from before the last look at the value until woken
  std::atomic<uint32_t> left_;
};

static_assert(std::atomic<uint64_t>::is_always_lock_free && std::atomic<uint32_t>::is_always_lock_free,
              "Another process takes no part in a lock of this one's.");

}  // namespace zcl
