#pragma once

#include <atomic>
#include <memory>
#include <thread>

#include "core/interrupt.h"
#include "receiver/gate.h"
#include "receiver/handshake.h"
#include "receiver/receive.h"
#include "receiver/receive_options.h"

namespace zcl {

/// A thread that waits for the sender with the right token and takes its stream. Ends by itself: when the stream ends,
/// when nobody comes, by the interrupt, or by an error of its own. With a fault that stalls it must be released.
class Receiver {
 public:
  static Result<std::unique_ptr<Receiver>> start(Listener listener, const Token& token, const ReceiveOptions& options,
                                                 Interrupt& interrupt);
  ~Receiver();

  /// Waits for the end of the thread. Call once.
  Result<Received> wait();

  /// Lets a receiver with a ReceiverFault::What::kStall go on, now or when it gets there. From any thread.
  void release() const { gate_.open(); }

  /// From any thread.
  uint64_t bytes_so_far() const { return progress_.load(std::memory_order_relaxed); }

 private:
  Receiver(Listener listener, const Token& token, const ReceiveOptions& options, Gate gate, Interrupt& interrupt)
      : listener_(std::move(listener)),
        token_(token),
        options_(options),
        gate_(std::move(gate)),
        interrupt_(interrupt) {}

  Result<Received> serve();
  Result<UniqueFd> admit();

  Listener listener_;
  const Token token_;
  const ReceiveOptions options_;
  const Gate gate_;
  Interrupt& interrupt_;
  std::atomic<uint64_t> progress_{0};
  std::unique_ptr<Result<Received>> outcome_;  // written by the thread, read after the join
  std::thread thread_;
};

}  // namespace zcl
