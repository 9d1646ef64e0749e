#include "measure/thread_cost.h"

#include <algorithm>

#include "measure/clock.h"

namespace zcl {
namespace {

int64_t ns_of(const timeval& time) {
  return time.tv_sec * int64_t{1'000'000'000} + time.tv_usec * int64_t{1'000};
}

}  // namespace

void ThreadCost::add(const ThreadCost& other) {
  cpu_ns += other.cpu_ns;
  user_ns += other.user_ns;
  system_ns += other.system_ns;
  voluntary_switches += other.voluntary_switches;
  involuntary_switches += other.involuntary_switches;
  minor_faults += other.minor_faults;
  major_faults += other.major_faults;
  for (const CallCount& theirs : other.calls) {
    const auto mine =
        std::find_if(calls.begin(), calls.end(), [&](const CallCount& each) { return each.name == theirs.name; });
    if (mine == calls.end()) {
      calls.push_back(theirs);
    } else {
      mine->times += theirs.times;
    }
  }
}

void ThreadMeter::start() {
  getrusage(RUSAGE_THREAD, &started_.usage);
  started_.cpu_ns = read_clock(CLOCK_THREAD_CPUTIME_ID);
  started_.wall_ns = now_ns();
}

void ThreadMeter::stop() {
  stopped_.wall_ns = now_ns();
  stopped_.cpu_ns = read_clock(CLOCK_THREAD_CPUTIME_ID);
  getrusage(RUSAGE_THREAD, &stopped_.usage);
}

ThreadCost ThreadMeter::cost(const CallCounter& calls) const {
  const rusage& from = started_.usage;
  const rusage& to = stopped_.usage;
  ThreadCost cost;
  cost.cpu_ns = stopped_.cpu_ns - started_.cpu_ns;
  cost.user_ns = ns_of(to.ru_utime) - ns_of(from.ru_utime);
  cost.system_ns = ns_of(to.ru_stime) - ns_of(from.ru_stime);
  cost.voluntary_switches = to.ru_nvcsw - from.ru_nvcsw;
  cost.involuntary_switches = to.ru_nivcsw - from.ru_nivcsw;
  cost.minor_faults = to.ru_minflt - from.ru_minflt;
  cost.major_faults = to.ru_majflt - from.ru_majflt;
  cost.calls = calls.made();
  return cost;
}

}  // namespace zcl
