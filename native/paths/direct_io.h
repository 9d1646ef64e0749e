#pragma once

#include <cstdint>
#include <string>

#include "core/result.h"
#include "core/unique_fd.h"

namespace zcl {

/// A file opened past the page cache.
struct DirectFile {
  UniqueFd fd;
  uint64_t alignment;  ///< of offsets, counts and buffers
};

/// Opens the file of `fd` once more, with `flags` and O_DIRECT. EOPNOTSUPP on tmpfs, which takes the flag (since 6.6)
/// and copies all the same. `path` is for errors.
Result<DirectFile> open_direct(int fd, int flags, const std::string& path);

}  // namespace zcl
