#pragma once

#include <cstdint>
#include <string>

#include "core/result.h"
#include "core/unique_fd.h"
#include "measure/calls.h"

namespace zcl {

/// A file opened with O_DIRECT.
struct DirectFile {
  UniqueFd fd;
  /// What file offsets, lengths and addresses of buffers must be multiples of: a power of two, in bytes. A `Mapping` is
  /// aligned well enough. A read may be longer than what is left, and then ends with the file.
  uint64_t alignment;
};

/// Opens the file behind `fd` anew with `flags` (O_RDONLY, O_WRONLY) and O_DIRECT; `path` is for errors.
///
/// EOPNOTSUPP, in plain words, where there is no direct I/O: where open(2) or statx(2) says so, and on filesystems in
/// memory. tmpfs accepts O_DIRECT since Linux 6.6 and copies through its page cache all the same (mm/shmem.c), and an
/// overlay passes on what the filesystem below accepts, without telling its type.
Result<DirectFile> open_direct(int fd, int flags, const std::string& path, CallCounter& calls);

}  // namespace zcl
