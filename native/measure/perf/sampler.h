#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "measure/perf/ring.h"
#include "measure/perf/tasks.h"
#include "measure/perf/user_code.h"

namespace zcl {

/// Samples that were all taken at one place, on one kind of thread.
struct SampledStack {
  SampledThread thread;
  std::vector<uint64_t> kernel;     ///< addresses, leaf first; none for a sample in user mode
  std::optional<std::string> user;  ///< of a sample in user mode, see UserCode::name_of
  uint64_t count;
};

struct SampledStacks {
  uint64_t period_ns;
  uint64_t lost;
  std::vector<SampledStack> stacks;
};

/// Samples the CPU clock with kernel call chains, while it lives. No thread empties the rings meanwhile, which would be
/// one more thing to run beside what is measured: a ring holds some thousand samples, and whoever samples chooses a
/// rate at which the window fits into it.
class Sampler {
 public:
  enum class Scope {
    kOwnTasks,  ///< the calling thread, and all threads and processes that it and they start from now on
    kAllCpus,
  };

  /// @param samples_per_second of every CPU, 1 to 100,000
  static Result<Sampler> open(uint64_t samples_per_second, Scope scope);

  /// Sums up what was sampled from `from_ns` until `to_ns`, by CLOCK_MONOTONIC, and forgets everything up to now.
  SampledStacks collect(int64_t from_ns, int64_t to_ns);

 private:
  struct Sample;

  explicit Sampler(uint64_t period_ns) : period_ns_(period_ns) {}

  void take(const perf_event_header& record, int64_t from_ns, int64_t to_ns, std::vector<Sample>& samples);

  const uint64_t period_ns_;
  std::vector<EventRing> rings_;
  SampledTasks tasks_;
  UserCode code_;
  uint64_t lost_ = 0;
};

}  // namespace zcl
