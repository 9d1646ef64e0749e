#include "measure/perf/syscall_count.h"

#include <unistd.h>

#include "measure/perf/event.h"
#include "measure/perf/tracepoint.h"

namespace zcl {

Result<SyscallCount> SyscallCount::when(bool asked) {
  if (!asked) return SyscallCount({});
  const Result<uint64_t> tracepoint = tracepoint_id("raw_syscalls/sys_enter");
  if (!tracepoint.ok()) return tracepoint.error();
  perf_event_attr attributes{};
  attributes.type = PERF_TYPE_TRACEPOINT;
  attributes.config = *tracepoint;
  Result<UniqueFd> counter = open_event(attributes, kCallingThread, kAnyCpu);
  if (!counter.ok()) return std::move(counter).error();
  return SyscallCount(std::move(*counter));
}

std::optional<uint64_t> SyscallCount::calls() const {
  if (!counter_) return {};
  return after_ - before_ - 1;
}

// Neither blocks nor fails for a counter that is there (perf_event_open(2), "Reading results").
uint64_t SyscallCount::read_counter() const {
  uint64_t count = 0;
  [[maybe_unused]] const ssize_t bytes = read(counter_.get(), &count, sizeof count);
  return count;
}

}  // namespace zcl
