#pragma once

#include <sys/types.h>

#include <atomic>
#include <mutex>

namespace zcl {

class Interruptible;

/// Ends, or merely disturbs, threads that sit in a blocking system call.
///
/// A thread lets itself be reached by an `Interruptible` on its stack. `request()` raises a flag and has the kernel
/// send the thread a signal, again every millisecond until it has left its `Interruptible`. So it does not
/// matter whether the signal comes before, in or after a blocking call: a call that blocks fails with EINTR, or
/// returns with what it has moved so far, and the thread sees the flag. No thread has to wait for another.
class Interrupt {
 public:
  bool requested() const { return requested_.load(std::memory_order_relaxed); }

  /// Asks for the end. From any thread, any number of times.
  void request();

  /// Sends one signal without the flag, so that calls meet EINTR and short counts. For tests.
  void nudge();

 private:
  friend class Interruptible;

  std::mutex mutex_;  // guards the list, and the timers of its members
  std::atomic<bool> requested_{false};
  Interruptible* first_ = nullptr;
};

/// While it lives, the thread that made it can be reached through `interrupt`. It need not be the only one.
class Interruptible {
 public:
  explicit Interruptible(Interrupt& interrupt);
  ~Interruptible();
  Interruptible(const Interruptible&) = delete;
  Interruptible& operator=(const Interruptible&) = delete;

 private:
  friend class Interrupt;

  void send_signal() const;
  void make_timer();
  void keep_sending() const;

  Interrupt& interrupt_;
  const pid_t thread_;
  Interruptible* next_ = nullptr;
  int timer_ = -1;
};

}  // namespace zcl
