#pragma once

#include <cstdint>
#include <optional>

#include "core/result.h"
#include "core/unique_fd.h"

namespace zcl {

/// A pipe and how much it holds.
class Pipe {
 public:
  Pipe() = default;  ///< no pipe

  /// A pipe of `wanted` bytes, or of a little more: the kernel rounds up to a power of two of pages. A size it refuses
  /// is the error: EPERM for a user without rights above /proc/sys/fs/pipe-max-size or, all pipes together, above
  /// pipe-user-pages-soft (pipe(7)). Without a wish, as large as `buffer_bytes` from 64 KiB to 1 MiB, or what the
  /// kernel gives in place of it.
  static Result<Pipe> of_size(std::optional<uint64_t> wanted, uint64_t buffer_bytes);

  int read_end() const { return read_end_.get(); }
  int write_end() const { return write_end_.get(); }

  /// F_GETPIPE_SZ: slots times page size. A slot holds a page or less.
  uint64_t bytes() const { return bytes_; }

 private:
  UniqueFd read_end_;
  UniqueFd write_end_;
  uint64_t bytes_ = 0;
};

}  // namespace zcl
