#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>

#include "core/interrupt.h"
#include "core/result.h"
#include "measured_run.h"
#include "paths/sink.h"
#include "paths/source.h"
#include "run_request.h"
#include "sending.h"
#include "streams/ranges.h"
#include "streams/window.h"
#include "transfer.h"

namespace zcl {

/// One stream of a transfer: its range of the source, its mode, and its far end. All is done on one thread, in the
/// order of the methods; only `bytes_so_far` is for any.
class Lane {
 public:
  /// @param number among the streams of the request, from 0 on
  Lane(RunRequest request, uint32_t number, Range range)
      : request_(std::move(request)), number_(number), range_(range) {}

  /// Everything before the window: opens the source anew and the far end, and prepares the mode.
  Status set_up(const Source& source, Interrupt& interrupt);

  /// The window. When it is over nothing more is sent.
  Status move();

  /// Frees what the mode has. Its calls, those of the window too, are not to be asked for any more.
  void finish();

  /// Waits until everything has arrived.
  /// @param moved what became of the window
  Status settle(Status moved, const Interrupt& interrupt);

  /// Compares what left with what arrived.
  Status verify(const Interrupt& interrupt);

  const Range& range() const { return range_; }
  pid_t thread() const { return thread_; }
  Mode& mode() const { return *mode_; }
  const Sent& sent() const { return *sent_; }
  const Arrival& arrival() const { return *arrival_; }
  const std::optional<Verification>& verification() const { return verification_; }

  /// CLOCK_MONOTONIC when the last byte was there; nothing where it is there when the sender's last call returns, and
  /// for a stream without bytes.
  std::optional<int64_t> complete_ns() const;

  uint64_t bytes_so_far() const;

 private:
  Status choose_cpus();
  Status open_far_end(Interrupt& interrupt);
  uint64_t expected_bytes() const;

  RunRequest request_;  // with CPUs of its own
  const uint32_t number_;
  const Range range_;

  pid_t thread_ = 0;
  std::optional<Source> input_;
  std::unique_ptr<Mode> mode_;
  std::optional<Sending> sending_;
  std::optional<Job> job_;
  std::optional<Sent> sent_;
  std::optional<Arrival> arrival_;
  std::optional<Verification> verification_;

  mutable std::mutex mutex_;  // guards the sink, which bytes_so_far looks at
  std::unique_ptr<Sink> sink_;
};

}  // namespace zcl
