#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>

#include "core/result.h"

namespace zcl {

/// Binds the calling thread to `cpu`; without one it stays as it is. EINVAL of sched_setaffinity where there is none of
/// that number, or where this process may not use it (cpuset, sched_setaffinity(2)).
Status bind_to_cpu(std::optional<uint32_t> cpu);

/// The same for a thread or a process that is started by a thread which may be bound: the binding is inherited
/// (sched_setaffinity(2), "Child processes"), and so, without a `cpu` of its own, it takes the CPUs of the main thread
/// of `process` again.
Status bind_apart(std::optional<uint32_t> cpu, pid_t process);

/// The CPU `steps` behind `first` among those that `process` may use, going round; `first` itself where it is none of
/// them.
Result<uint32_t> cpu_behind(uint32_t first, uint32_t steps, pid_t process);

}  // namespace zcl
