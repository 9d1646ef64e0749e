#pragma once

#include <string>

#include "core/result.h"
#include "core/unique_fd.h"

namespace zcl {

/// The file behind `fd` opened anew with `flags` of open(2): an open file description of its own, with its offset at 0.
/// Works for files without a name; needs /proc, and the right to open the file so. `path` is for errors.
Result<UniqueFd> reopen(int fd, int flags, const std::string& path);

}  // namespace zcl
