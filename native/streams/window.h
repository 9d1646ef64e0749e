#pragma once

#include <optional>

#include "core/result.h"
#include "measure/perf/syscall_count.h"
#include "measure/thread_cost.h"
#include "measured_run.h"
#include "transfer.h"

namespace zcl {

/// What a thread of the sender did within its window, and what that cost.
struct Sent {
  Status status;
  ThreadMeter meter;
  ThreadCost cost;
  std::optional<uint64_t> traced_calls;
};

/// Does `work`, which moves by `mode`, as the timed window of this thread.
template <class Work>
Result<Sent> timed(Mode& mode, const SenderOptions& options, Work work) {
  Result<SyscallCount> traced = SyscallCount::when(options.trace_calls);
  if (!traced.ok()) return std::move(traced).error();
  Sent sent;
  mode.calls().forget();  // those of the set-up
  sent.meter.start();
  traced->start();
  sent.status = work();
  traced->stop();
  sent.meter.stop();
  sent.cost = sent.meter.cost(mode.calls());
  sent.traced_calls = traced->calls();
  return sent;
}

}  // namespace zcl
