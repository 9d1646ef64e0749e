#pragma once

#include <cstdint>
#include <optional>

#include "core/result.h"
#include "core/unique_fd.h"

namespace zcl {

/// Both ends of a pipe, closed on exec.
struct Pipe {
  UniqueFd read_end;
  UniqueFd write_end;
  uint64_t bytes = 0;  ///< the size it really got: a power of two of pages

  /// A pipe of `wanted` bytes; nothing: as large as `buffer_bytes`, from 64 KiB to 1 MiB.
  /// EPERM where a user without rights wants more than /proc/sys/fs/pipe-max-size, or has used up
  /// pipe-user-pages-soft (pipe(7)).
  static Result<Pipe> open(std::optional<uint64_t> wanted, uint64_t buffer_bytes);
};

}  // namespace zcl
