#pragma once

#include <cstdint>
#include <optional>

#include "core/result.h"

namespace zcl {

/// Share of the `bytes` of `fd` that are in the page cache, 0 to 1 (1 for an empty file: nothing is missing).
///
/// cachestat(2) where there is one (Linux 6.5), else mincore(2). To a user who neither owns nor may write the file,
/// cachestat says EPERM and mincore says that all of it is there; both are null here.
Result<std::optional<double>> residency(int fd, uint64_t bytes);

}  // namespace zcl
