#pragma once

#include <linux/perf_event.h>
#include <sys/types.h>

#include "core/result.h"
#include "core/unique_fd.h"

namespace zcl {

constexpr pid_t kCallingThread = 0;
constexpr pid_t kEveryTask = -1;
constexpr int kAnyCpu = -1;

/// perf_event_open(2), with the descriptor closed on exec. EACCES or EPERM where kernel.perf_event_paranoid or a filter
/// of system calls forbids it, ENOENT or ENOSYS where the kernel has no such events.
Result<UniqueFd> open_event(perf_event_attr attributes, pid_t task, int cpu);

}  // namespace zcl
