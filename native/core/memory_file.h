#pragma once

#include <cstdint>

#include "core/result.h"
#include "core/unique_fd.h"

namespace zcl {

/// A file of `bytes` (> 0) that lives in memory only (memfd_create, Linux 3.17). All of its pages are there already:
/// a machine that cannot give them says ENOMEM or ENOSPC here, not by a signal when they are touched.
Result<UniqueFd> memory_file(const char* name, uint64_t bytes);

}  // namespace zcl
