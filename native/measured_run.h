#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/interrupt.h"
#include "core/result.h"
#include "measure/tcp_facts.h"
#include "measure/thread_cost.h"
#include "streams/intervals.h"
#include "transfer.h"
#include "verify/compare.h"

namespace zcl {

struct Verification {
  const char* how;
  Verdict verdict;
};

/// What is asked of a sender (or producer) beside its mode, whatever the path.
struct SenderOptions {
  std::optional<uint32_t> cpu;               ///< its thread is bound to
  std::optional<uint64_t> bytes_per_second;  ///< not faster than this
  bool latency = false;                      ///< time every single call
  bool trace_calls = false;                  ///< have the kernel count every call
};

/// One of the connections of a transfer.
struct StreamFacts {
  uint64_t bytes;
  int64_t done_ns;  ///< from the start of the window until its last byte had arrived
  std::optional<TcpFacts> tcp;
};

/// What one transfer measured. Times in ns; the fields are those of TransferMeasurement in native/addon.d.ts.
struct Measurement {
  uint64_t bytes;
  int64_t wall_ns;
  int64_t sender_done_ns;
  int64_t setup_ns;
  int64_t started_ns;
  ThreadCost sender;
  std::optional<ThreadCost> receiver;
  std::optional<ZerocopyCount> zerocopy;
  std::vector<Observation> observations;
  std::optional<Verification> verification;
  std::optional<std::vector<CallLatency>> latency;
  std::optional<uint64_t> traced_calls;
  std::optional<std::vector<StreamFacts>> streams{};  ///< over sockets
  std::optional<Intervals> intervals{};
};

/// One transfer from set-up to verdict. `execute` runs on a thread of its own; the rest may be called from any.
class MeasuredRun {
 public:
  virtual ~MeasuredRun() = default;

  /// Everything it opened is closed when it returns. Call once.
  Result<Measurement> execute();

  void cancel() {
    cancelled_.store(true, std::memory_order_relaxed);
    interrupt_.request();
  }
  void nudge() { interrupt_.nudge(); }

  /// Bytes at the far end, also after the end.
  virtual uint64_t bytes_so_far() const = 0;

 protected:
  virtual Result<Measurement> perform() = 0;

  /// After perform(), however that went: closes what is still open.
  virtual void close() = 0;

  /// Ends all threads of the run; by a cancel, or by the run itself when one of them has failed.
  Interrupt interrupt_;

  /// Whether the end was asked for from outside.
  bool is_cancelled() const { return cancelled_.load(std::memory_order_relaxed); }

 private:
  std::atomic<bool> cancelled_{false};
};

/// Bytes per call must be 1 to 2^30; `name` is the argument's.
Status check_buffer(const char* name, uint64_t bytes);
Status check_options(const ModeOptions& options);
Status check_sender(const SenderOptions& sender);

/// Whether a side only saw that the other is gone (EPIPE, ECONNRESET, or no answer any more from another host): then
/// the other knows why.
bool far_end_gone(const Error& error);

}  // namespace zcl
