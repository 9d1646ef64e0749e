#pragma once

#include <memory>

#include "core/interrupt.h"
#include "core/result.h"
#include "exchange/control.h"
#include "exchange/exchange.h"
#include "exchange/intake.h"

namespace zcl {

/// Where a consumer runs. However far it has come, it is gone when this is: nothing is left, no thread, no process.
/// Before that the producer must have ended its stream and said that it leaves, or be cancelled.
class Peer {
 public:
  virtual ~Peer() = default;

  /// Waits until the consumer has ended by itself, and tells what became of it. Call once.
  virtual Result<Consumed> settle() = 0;
};

/// A thread of this process. `control` and `interrupt`, which reaches it, must outlive it.
Result<std::unique_ptr<Peer>> start_thread_peer(const Control& control, Ends ends, Interrupt& interrupt);

/// A process of its own: the program zcl-consumer, which lies beside the file that this code was loaded from. Its end
/// by a signal or without a report is CONSUMER_DIED. `control` must outlive it; `interrupt` ends the waiting for it.
Result<std::unique_ptr<Peer>> start_process_peer(const Control& control, Ends ends, const Interrupt& interrupt);

/// Descriptors of the consumer's process: control block, then the ends.
constexpr int kControlDescriptor = 3;
constexpr int kFirstEndDescriptor = 4;

}  // namespace zcl
