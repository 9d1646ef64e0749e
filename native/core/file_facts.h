#pragma once

#include <cstdint>
#include <string>

#include "core/result.h"

namespace zcl {

/// What statx(2) tells about a file. (statx, because fstat would raise the glibc floor to 2.33.)
struct FileFacts {
  uint64_t bytes;
  uint64_t allocated_bytes;  ///< st_blocks * 512: less than `bytes` where there are holes
  int64_t modified_ns;       ///< mtime, ns since the epoch
  uint32_t mode;             ///< st_mode: kind and permissions
  uint32_t owner;            ///< uid
};

Result<FileFacts> facts_of(int fd, const std::string& path_for_errors = {});
Result<FileFacts> facts_of(const std::string& path);

/// "a folder", "a FIFO", ...: the kind in `mode` for a sentence.
const char* kind_of(uint32_t mode);

}  // namespace zcl
