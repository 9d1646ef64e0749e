#pragma once

#include <cstdint>
#include <optional>

#include "core/result.h"
#include "core/unique_fd.h"

namespace zcl {

/// Counts the system calls a thread enters within a window, by the kernel's own tracepoint raw_syscalls:sys_enter: a
/// second opinion on what a mode says it made. Every call costs more while it counts, so the times of such a window
/// mean nothing; it lies innermost in it.
class SyscallCount {
 public:
  /// For the calling thread, and none that it starts. Where it was not asked for it counts nothing, at no cost. The
  /// errors of tracepoint_id() and open_event().
  static Result<SyscallCount> when(bool asked);

  void start() {
    if (counter_) before_ = read_counter();
  }

  void stop() {
    if (counter_) after_ = read_counter();
  }

  /// The calls between start() and stop(); nothing where they were not counted. What the window holds besides is the
  /// read(2) that ends it: the tracepoint is passed on entry, so each reading has counted itself already, and that of
  /// start() is in both.
  std::optional<uint64_t> calls() const;

 private:
  explicit SyscallCount(UniqueFd counter) : counter_(std::move(counter)) {}

  uint64_t read_counter() const;

  UniqueFd counter_;
  uint64_t before_ = 0;
  uint64_t after_ = 0;
};

}  // namespace zcl
