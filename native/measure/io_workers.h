#pragma once

#include <sys/types.h>

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace zcl {

/// What the workers of io_uring (io-wq) have cost, on behalf of some threads. They are threads of this process since
/// Linux 5.12 (before, kernel threads nobody is billed for), which run in the kernel only.
struct IoWorkerCost {
  uint64_t workers = 0;
  int64_t cpu_ns = 0;
  int64_t voluntary_switches = 0;
  int64_t involuntary_switches = 0;
};

/// Finds the workers that threads have got since this was made, and which they still have.
///
/// A worker is started when a thread's request first needs one, belongs to that thread, and ends before its thread
/// does (io_uring/io-wq.c, io_wq_exit_workers): so all it has ever done was done for this transfer. It lives on for 5 s
/// without work, so all of them are there right after a window; only one that was idle that long within a window,
/// and was not the last one, is missed.
class IoWorkers {
 public:
  IoWorkers();

  /// @param owners the threads, by their numbers; where the kernel's names of workers do not tell those of threads from
  ///   each other (see the code), all new workers of this process
  IoWorkerCost cost(const std::vector<pid_t>& owners) const;

 private:
  std::set<std::string> others_;  // names of the workers that were there before
};

}  // namespace zcl
