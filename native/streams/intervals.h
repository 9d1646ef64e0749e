#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "core/unique_fd.h"

namespace zcl {

/// What was moved in each interval of a window; the last one ends with the window and may be shorter.
struct Intervals {
  uint64_t every_ns;
  std::vector<uint64_t> bytes;
};

/// Looks at a counter of bytes every 100 ms, on a thread of its own that sleeps in between.
class IntervalWatch {
 public:
  /// From now on; the thread is out of the way when this returns. Where none is to be had nothing is watched.
  /// @param bytes_so_far called on that thread
  static std::unique_ptr<IntervalWatch> begin(std::function<uint64_t()> bytes_so_far);
  ~IntervalWatch();

  /// Ends it, once.
  /// @param wall_ns how long the window was
  /// @param bytes what was moved in it
  /// @returns the intervals, where there are several
  std::optional<Intervals> end(int64_t wall_ns, uint64_t bytes);

 private:
  IntervalWatch(std::function<uint64_t()> bytes_so_far, UniqueFd ready, UniqueFd over)
      : bytes_so_far_(std::move(bytes_so_far)), ready_(std::move(ready)), over_(std::move(over)) {}

  void watch();
  void stop();

  const std::function<uint64_t()> bytes_so_far_;
  const UniqueFd ready_;        // eventfds: the thread has settled down,
  const UniqueFd over_;         // and: it is to end
  std::vector<uint64_t> seen_;  // all bytes so far, at the end of each interval; read after the join
  std::thread thread_;
};

}  // namespace zcl
