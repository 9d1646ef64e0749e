#include "measure/perf/event.h"

#include <sys/syscall.h>

#include <cerrno>

namespace zcl {

Result<UniqueFd> open_event(perf_event_attr attributes, pid_t task, int cpu) {
  attributes.size = sizeof attributes;
  constexpr int kNoGroup = -1;
  UniqueFd event(
      static_cast<int>(syscall(SYS_perf_event_open, &attributes, task, cpu, kNoGroup, long{PERF_FLAG_FD_CLOEXEC})));
  if (!event) return system_error("perf_event_open", errno);
  return event;
}

}  // namespace zcl
