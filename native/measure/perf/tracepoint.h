#pragma once

#include <cstdint>

#include "core/result.h"

namespace zcl {

/// The number by which perf_event_open knows a tracepoint of the kernel, such as `raw_syscalls/sys_enter`. It is in
/// tracefs; where that is mounted nowhere, a user who may mount looks into one that is attached to no folder, so that
/// the system stays as it is. Else the error of the usual place: ENOENT (not mounted), EACCES.
Result<uint64_t> tracepoint_id(const char* name);

}  // namespace zcl
