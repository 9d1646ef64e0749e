#pragma once

#include <cstdint>

#include "core/result.h"
#include "core/unique_fd.h"

namespace zcl {

/// Both ends of a pipe to splice through.
class Pipe {
 public:
  /// A pipe of `wanted` bytes, rounded up by the kernel to a power of two of pages. Where it gives no more to this user
  /// (EPERM from F_SETPIPE_SZ: pipe-max-size, pipe-user-pages-soft; see pipe(7)) it stays as small as it is.
  static Result<Pipe> open(uint64_t wanted);

  int read_end() const { return read_end_.get(); }
  int write_end() const { return write_end_.get(); }

  /// What it holds at most, if every slot has a whole page.
  uint64_t bytes() const { return bytes_; }

 private:
  Pipe(UniqueFd read_end, UniqueFd write_end, uint64_t bytes)
      : read_end_(std::move(read_end)), write_end_(std::move(write_end)), bytes_(bytes) {}

  UniqueFd read_end_;
  UniqueFd write_end_;
  uint64_t bytes_;
};

}  // namespace zcl
