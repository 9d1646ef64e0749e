#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include "core/result.h"
#include "core/unique_fd.h"
#include "measure/calls.h"

namespace zcl {

/// A pipe and how much it holds.
class Pipe {
 public:
  Pipe() = default;  ///< no pipe

  /// A pipe of `wanted` bytes, or of a little more: the kernel rounds up to a power of two of pages. A size it refuses
  /// is the error: EPERM for a user without rights above /proc/sys/fs/pipe-max-size or, all pipes together, above
  /// pipe-user-pages-soft (pipe(7)). Without a wish, as large as `buffer_bytes` from 64 KiB to 1 MiB, or what the
  /// kernel gives in place of it.
  static Result<Pipe> of_size(std::optional<uint64_t> wanted, uint64_t buffer_bytes, CallCounter& calls);

  /// The same where nobody counts.
  static Result<Pipe> of_size(std::optional<uint64_t> wanted, uint64_t buffer_bytes) {
    CallCounter uncounted;
    return of_size(wanted, buffer_bytes, uncounted);
  }

  /// With whatever is left in it.
  void close(CallCounter& calls);

  int read_end() const { return read_end_.get(); }
  int write_end() const { return write_end_.get(); }

  /// An end to be kept, handed over and closed apart from the other.
  UniqueFd take_read_end() { return std::move(read_end_); }
  UniqueFd take_write_end() { return std::move(write_end_); }

  /// F_GETPIPE_SZ: slots times page size. A slot holds a page or less.
  uint64_t bytes() const { return bytes_; }

 private:
  UniqueFd read_end_;
  UniqueFd write_end_;
  uint64_t bytes_ = 0;
};

}  // namespace zcl
