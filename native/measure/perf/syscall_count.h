#pragma once

#include <cstdint>

#include "core/result.h"
#include "core/unique_fd.h"

namespace zcl {

/// Counts the system calls a thread enters within a window, by the kernel's own tracepoint raw_syscalls:sys_enter: a
/// second opinion on what a mode says it made. Every call costs more while this lives.
class SyscallCount {
 public:
  /// For the thread that asks, and none that it starts. The errors of tracepoint_id() and open_event().
  static Result<SyscallCount> of_calling_thread();

  void start() { before_ = read_counter(); }
  void stop() { after_ = read_counter(); }

  /// The calls between start() and stop(). What is counted besides is the read(2) that ends the window: the tracepoint
  /// is passed on entry, so each reading has itself counted already, and that of start() is in both.
  uint64_t calls() const { return after_ - before_ - 1; }

 private:
  explicit SyscallCount(UniqueFd counter) : counter_(std::move(counter)) {}

  uint64_t read_counter() const;

  UniqueFd counter_;
  uint64_t before_ = 0;
  uint64_t after_ = 0;
};

}  // namespace zcl
