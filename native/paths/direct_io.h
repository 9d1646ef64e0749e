#pragma once

#include <cstdint>
#include <string>

#include "core/result.h"
#include "core/unique_fd.h"

namespace zcl {

/// A file opened past the page cache. Offsets, sizes and places in memory must be multiples of `alignment`, bytes.
struct DirectFile {
  UniqueFd fd;
  uint64_t alignment = 0;
};

/// The file behind `fd`, opened anew with O_DIRECT, at offset 0; `flags` as for open(2). Fails with EOPNOTSUPP on
/// tmpfs, which takes O_DIRECT since 6.6 and copies all the same. `path` is for errors.
Result<DirectFile> open_direct(int fd, int flags, const std::string& path);

}  // namespace zcl
