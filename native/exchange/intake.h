#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "core/interrupt.h"
#include "core/result.h"
#include "exchange/control.h"
#include "exchange/payload.h"
#include "measure/thread_cost.h"
#include "verify/digest.h"

namespace zcl {

/// What a consumer took in.
struct Consumed {
  uint64_t bytes;       ///< all that came, also beyond what was expected
  uint64_t sum;         ///< Checksum of it
  int64_t complete_ns;  ///< CLOCK_MONOTONIC when the expected bytes were consumed, or the stream ended before
  ThreadCost cost;      ///< of the consuming thread until then
  std::optional<Digest> digest;
};

/// Where every consumer brings what it got: reads each byte once, says how far it is, and keeps the time.
class Intake {
 public:
  Intake(ControlBlock& control, CallCounter& calls, const Interrupt& interrupt);

  /// The window begins.
  void begin();

  /// Takes the next bytes of the stream. They may be overwritten when it returns.
  void take(const std::byte* data, size_t bytes);

  /// Waits until the producer has said that it handed over `bytes`. CANCELLED; EPIPE when it ended before.
  Status await_produced(uint64_t bytes) { return control_.produced.await(bytes, interrupt_, futex_); }

  uint64_t expected() const { return control_.orders.bytes; }
  uint64_t taken() const { return checksum_.bytes(); }
  bool cancelled() const { return interrupt_.requested(); }

  Consumed finish();

 private:
  void complete();

  ControlBlock& control_;
  const CallCounter& calls_;
  SystemCall& futex_;
  const Interrupt& interrupt_;
  Checksum checksum_;
  std::optional<Digester> digester_;
  ThreadMeter meter_;
  std::optional<ThreadCost> cost_;  // once complete
};

}  // namespace zcl
