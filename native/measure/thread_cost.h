#pragma once

#include <sys/resource.h>

#include <cstdint>
#include <vector>

#include "measure/calls.h"

namespace zcl {

/// What a window used of the thread it ran on. Times in ns.
struct ThreadUsage {
  int64_t cpu_ns = 0;     ///< CLOCK_THREAD_CPUTIME_ID: exact
  int64_t user_ns = 0;    ///< RUSAGE_THREAD: split by the tick, so only meaningful over many transfers
  int64_t system_ns = 0;  ///< likewise
  int64_t voluntary_switches = 0;
  int64_t involuntary_switches = 0;
  int64_t minor_faults = 0;
  int64_t major_faults = 0;
};

/// What a window cost the thread it ran on: what it used, and the system calls it made.
struct ThreadCost : ThreadUsage {
  std::vector<CallCount> calls;

  /// The same of several threads: the sum.
  void add(const ThreadCost& other);
};

/// Measures one window of the calling thread. The clock reads lie innermost, so that the cost of measuring is outside
/// of the wall time.
class ThreadMeter {
 public:
  void start();
  /// Ends the window. The cost can be asked for later.
  void stop();

  int64_t started_ns() const { return started_.wall_ns; }
  int64_t stopped_ns() const { return stopped_.wall_ns; }
  ThreadCost cost(const CallCounter& calls) const;

 private:
  struct Reading {
    int64_t wall_ns = 0;
    int64_t cpu_ns = 0;
    rusage usage{};
  };
  Reading started_;
  Reading stopped_;
};

}  // namespace zcl
