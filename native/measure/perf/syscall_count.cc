#include "measure/perf/syscall_count.h"

#include <unistd.h>

#include "measure/perf/event.h"
#include "measure/perf/tracepoint.h"

namespace zcl {

Result<SyscallCount> SyscallCount::of_calling_thread() {
  const Result<uint64_t> tracepoint = tracepoint_id("raw_syscalls/sys_enter");
  if (!tracepoint.ok()) return tracepoint.error();
  perf_event_attr attributes{};
  attributes.type = PERF_TYPE_TRACEPOINT;
  attributes.config = *tracepoint;
  Result<UniqueFd> counter = open_event(attributes, kCallingThread, kAnyCpu);
  if (!counter.ok()) return std::move(counter).error();
  return SyscallCount(std::move(*counter));
}

// Neither blocks nor fails for a counter that is there (perf_event_open(2), "Reading results").
uint64_t SyscallCount::read_counter() const {
  uint64_t count = 0;
  [[maybe_unused]] const ssize_t bytes = read(counter_.get(), &count, sizeof count);
  return count;
}

}  // namespace zcl
