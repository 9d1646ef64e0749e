#pragma once

#include <cstdint>

#include "core/result.h"
#include "core/unique_fd.h"

namespace zcl {

/// A file of `bytes` (> 0) that lives in memory only (memfd_create, Linux 3.17). All of its pages are there already, so
/// that none is missing when it is touched. Nothing limits its size: ask check_memory() first where that is large.
Result<UniqueFd> memory_file(const char* name, uint64_t bytes);

}  // namespace zcl
