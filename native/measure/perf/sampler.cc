#include "measure/perf/sampler.h"

#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <map>
#include <tuple>
#include <utility>

#include "measure/perf/event.h"

namespace zcl {
namespace {

constexpr uint64_t kMostPerSecond = 100'000;
constexpr size_t kRingBytes = size_t{1} << 20;       // some 4,000 samples of 25 frames
constexpr size_t kAllRingsBytes = size_t{64} << 20;  // where there are many CPUs

perf_event_attr cpu_clock(uint64_t period_ns, Sampler::Scope scope) {
  perf_event_attr attributes{};
  attributes.type = PERF_TYPE_SOFTWARE;
  attributes.config = PERF_COUNT_SW_CPU_CLOCK;
  // A period and no frequency: the kernel makes one of the other for this event (perf_swevent_init_hrtimer).
  attributes.sample_period = period_ns;
  attributes.sample_type = PERF_SAMPLE_IP | PERF_SAMPLE_TID | PERF_SAMPLE_TIME | PERF_SAMPLE_CALLCHAIN;
  attributes.exclude_callchain_user = 1;
  attributes.use_clockid = 1;
  attributes.clockid = CLOCK_MONOTONIC;
  attributes.inherit = scope == Sampler::Scope::kOwnTasks;
  attributes.comm = 1;  // records of names,
  attributes.task = 1;  // of new processes and threads,
  attributes.mmap = 1;  // and of the code they map
  return attributes;
}

size_t ring_bytes(long cpus) {
  size_t bytes = kRingBytes;
  while (bytes * static_cast<size_t>(cpus) > kAllRingsBytes && bytes > size_t{64} << 10) bytes /= 2;
  return bytes;
}

/// Reads the fields of a record one by one.
class Reader {
 public:
  explicit Reader(const perf_event_header& record)
      : next_(reinterpret_cast<const std::byte*>(&record + 1)),
        end_(reinterpret_cast<const std::byte*>(&record) + record.size) {}

  template <class T>
  T take() {
    T value;
    std::copy_n(next_, sizeof value, reinterpret_cast<std::byte*>(&value));
    next_ += sizeof value;
    return value;
  }

  /// Text until its NUL; the last field.
  std::string text() const {
    const auto* begin = reinterpret_cast<const char*>(next_);
    return {begin, std::find(begin, reinterpret_cast<const char*>(end_), '\0')};
  }

 private:
  const std::byte* next_;
  const std::byte* end_;
};

/// The kernel's part of a call chain; the markers between its parts are numbers no address has.
std::vector<uint64_t> kernel_frames(Reader& fields, uint64_t length) {
  std::vector<uint64_t> frames;
  bool kernel = false;
  for (uint64_t i = 0; i < length; ++i) {
    const auto frame = fields.take<uint64_t>();
    if (frame >= static_cast<uint64_t>(PERF_CONTEXT_MAX)) {
      kernel = frame == static_cast<uint64_t>(PERF_CONTEXT_KERNEL);
    } else if (kernel) {
      frames.push_back(frame);
    }
  }
  return frames;
}

}  // namespace

struct Sampler::Sample {
  pid_t process;
  pid_t thread;
  bool in_user_mode;
  uint64_t address;
  std::vector<uint64_t> kernel;
};

Result<Sampler> Sampler::open(uint64_t samples_per_second, Scope scope) {
  if (samples_per_second < 1 || samples_per_second > kMostPerSecond) {
    return bad_argument("samplesPerSecond must be 1 to 100000.");
  }
  Sampler sampler(1'000'000'000 / samples_per_second);
  const perf_event_attr attributes = cpu_clock(sampler.period_ns_, scope);
  const pid_t task = scope == Scope::kOwnTasks ? kCallingThread : kEveryTask;
  const long cpus = sysconf(_SC_NPROCESSORS_CONF);
  std::optional<Error> offline;
  // One event per CPU in either scope: an inherited event that follows its task over all CPUs cannot have a ring.
  for (int cpu = 0; cpu < cpus; ++cpu) {
    Result<UniqueFd> event = open_event(attributes, task, cpu);
    if (!event.ok() && event.error().code == "ENODEV") {
      offline = event.error();
      continue;
    }
    if (!event.ok()) return std::move(event).error();
    Result<EventRing> ring = EventRing::map(std::move(*event), ring_bytes(cpus));
    if (!ring.ok()) return std::move(ring).error();
    sampler.rings_.push_back(std::move(*ring));
  }
  if (sampler.rings_.empty() && offline) return *offline;
  return sampler;
}

void Sampler::take(const perf_event_header& record, int64_t from_ns, int64_t to_ns, std::vector<Sample>& samples) {
  Reader fields(record);
  switch (record.type) {
    case PERF_RECORD_SAMPLE: {
      const auto address = fields.take<uint64_t>();
      const auto process = fields.take<pid_t>();
      const auto thread = fields.take<pid_t>();
      const auto time = fields.take<int64_t>();
      const uint16_t mode = record.misc & PERF_RECORD_MISC_CPUMODE_MASK;
      if (time < from_ns || time > to_ns) return;
      if (mode != PERF_RECORD_MISC_USER && mode != PERF_RECORD_MISC_KERNEL) return;
      const auto length = fields.take<uint64_t>();
      samples.push_back({process, thread, mode == PERF_RECORD_MISC_USER, address, kernel_frames(fields, length)});
      return;
    }
    case PERF_RECORD_COMM: {
      fields.take<pid_t>();
      const auto thread = fields.take<pid_t>();
      tasks_.named(thread, fields.text());
      return;
    }
    case PERF_RECORD_FORK: {
      const auto process = fields.take<pid_t>();
      tasks_.forked(process, fields.take<pid_t>());
      return;
    }
    case PERF_RECORD_MMAP: {
      const auto process = fields.take<pid_t>();
      fields.take<pid_t>();
      const auto start = fields.take<uint64_t>();
      const auto bytes = fields.take<uint64_t>();
      const auto offset = fields.take<uint64_t>();
      code_.mapped(process, start, bytes, offset, fields.text());
      return;
    }
    case PERF_RECORD_LOST:
      fields.take<uint64_t>();
      lost_ += fields.take<uint64_t>();
      return;
    default:
      return;
  }
}

SampledStacks Sampler::collect(int64_t from_ns, int64_t to_ns) {
  // All rings before any sample is looked at: a thread's name may lie in the ring of another CPU than its samples.
  std::vector<Sample> samples;
  for (EventRing& ring : rings_) {
    ring.drain([&](const perf_event_header& record) { take(record, from_ns, to_ns, samples); });
  }
  std::map<std::tuple<SampledThread, std::vector<uint64_t>, std::optional<std::string>>, uint64_t> counts;
  for (Sample& sample : samples) {
    const std::optional<SampledThread> thread = tasks_.role_of(sample.process, sample.thread);
    if (!thread) continue;
    if (sample.in_user_mode) {
      ++counts[{*thread, {}, code_.name_of(sample.process, sample.address)}];
    } else {
      if (sample.kernel.empty()) sample.kernel.push_back(sample.address);
      ++counts[{*thread, std::move(sample.kernel), std::nullopt}];
    }
  }
  SampledStacks sum{period_ns_, std::exchange(lost_, 0), {}};
  for (const auto& [key, count] : counts) {
    const auto& [thread, kernel, user] = key;
    sum.stacks.push_back({thread, kernel, user, count});
  }
  return sum;
}

}  // namespace zcl
