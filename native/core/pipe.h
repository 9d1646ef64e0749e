#pragma once

#include <cstdint>
#include <optional>

#include "core/result.h"
#include "core/unique_fd.h"

namespace zcl {

/// A pipe, for splicing through.
class Pipe {
 public:
  /// A pipe of `wanted` bytes; of no wish, as large as `buffer_bytes`, from 64 KiB to 1 MiB. EPERM above the limits of
  /// /proc/sys/fs/pipe-*.
  static Result<Pipe> of_size(std::optional<uint64_t> wanted, uint64_t buffer_bytes);

  int read_end() const { return read_end_.get(); }
  int write_end() const { return write_end_.get(); }

  /// The size it really got.
  uint64_t bytes() const { return bytes_; }

 private:
  Pipe(UniqueFd read_end, UniqueFd write_end, uint64_t bytes)
      : read_end_(std::move(read_end)), write_end_(std::move(write_end)), bytes_(bytes) {}

  UniqueFd read_end_;
  UniqueFd write_end_;
  uint64_t bytes_;
};

}  // namespace zcl
