#pragma once

#include <cstdint>

#include "core/result.h"

namespace zcl {

/// ENOMEM where `bytes` are more than half of the memory that the kernel says is to be had without swapping
/// (MemAvailable of /proc/meminfo, Linux 3.14). For what is touched at once, and large because someone asked for it:
/// the kernel itself would not refuse it but begin to kill, and not only us. Where nothing is said, nothing is refused.
Status check_memory(uint64_t bytes);

}  // namespace zcl
