#pragma once

#include <atomic>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "core/mapping.h"

namespace zcl {

/// Lets the calling thread live through a SIGBUS in a view of a file.
///
/// The signal comes when a page is touched that the file no longer has, or that the filesystem cannot give (mmap(2)).
/// While a guard lives, such a fault of the thread that made it is answered by zero pages in place of the view, and
/// remembered: the copy goes on, and is worthless. Every other SIGBUS of the process, also one of another thread in the
/// same view, is passed on to the handler that was there before the first guard, or kills as it would have.
class BusGuard {
 public:
  /// Puts the handler in place, which the first guard would do else: for code that is to make no call of its own while
  /// its guards come and go.
  static void get_ready();

  /// Guards `view`, which must outlive the guard and stay where it is.
  explicit BusGuard(const Mapping& view);
  ~BusGuard();
  BusGuard(const BusGuard&) = delete;
  BusGuard& operator=(const BusGuard&) = delete;

  /// Where in the view the first fault was, in bytes from its start; nothing if there was none. For the thread that
  /// made the guard.
  std::optional<size_t> fault() const {
    std::atomic_signal_fence(std::memory_order_seq_cst);
    const size_t at = fault_.load(std::memory_order_relaxed);
    return at == kNone ? std::nullopt : std::optional(at);
  }

  /// Answers a fault of the calling thread in a view it guards. False if it is none. Async-signal-safe.
  static bool absorb(const siginfo_t& fault);

 private:
  struct Place;
  static constexpr size_t kNone = SIZE_MAX;

  static Place& take_place();
  bool replace_pages(size_t at);

  std::byte* const data_;
  const size_t bytes_;
  const size_t page_bytes_;
  std::atomic<size_t> fault_{kNone};
  Place& place_;

  static std::atomic<Place*> places_;
};

}  // namespace zcl
