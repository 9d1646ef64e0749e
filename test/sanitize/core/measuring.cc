// What the core finds out beside transfers: unit costs, kernel samples, rights, the network, locks.

#include <sys/stat.h>

#include "host/interface.h"
#include "host/lock_file.h"
#include "host/route.h"
#include "measure/calibration/calibrate.h"
#include "measure/clock.h"
#include "measure/perf/rights.h"
#include "measure/perf/sampler.h"
#include "run.h"
#include "sanitize/core/part.h"

namespace zcl::driver {
namespace {

void calibrates(const Setting& setting) {
  Interrupt never;
  const Result<Calibration> calibration = calibrate(setting.directory, never);
  CHECK(calibration.ok() && !calibration->unit_costs.empty());
  tell(std::to_string(calibration->unit_costs.size()) + " unit costs");
  Interrupt soon;
  Result<std::thread> thread = start_thread([&] {
    const Interruptible reachable(soon);
    const Result<Calibration> ended = calibrate(setting.directory, soon);
    CHECK(ended.ok() || ended.error().code == "CANCELLED");
  });
  CHECK(thread.ok());
  soon.request();
  thread->join();
}

void samples(const Setting& setting) {
  const EvidenceRights rights = evidence_rights();
  for (const auto& [scope, right] : {std::pair{Sampler::Scope::kOwnTasks, &rights.task_samples},
                                     std::pair{Sampler::Scope::kAllCpus, &rights.cpu_wide}}) {
    if (!right->ok()) {
      tell("no samples: " + text_of(right->error()));
      continue;
    }
    Result<Sampler> sampler = Sampler::open(20'000, scope);
    CHECK(sampler.ok());
    const SourceSet source = source_of(32 << 20, setting);
    for (const Way& way : setting.ways) {
      const int64_t from_ns = now_ns();
      Run run(source, request_for(way, setting));
      const Result<Measurement> measured = execute(run);
      const SampledStacks sampled = sampler->collect(from_ns, now_ns());
      if (measured.ok()) CHECK(sampled.period_ns > 0);
    }
  }
}

void looks_around(const Setting& setting) {
  CHECK(interface_features("lo").ok());
  CHECK(!interface_features("no-such-thing").ok());
  CHECK(!interface_features(std::string(1000, 'x')).ok());
  for (const char* address : {"127.0.0.1", "::1"}) {
    const Result<Endpoint> there = Endpoint::of(address, 1);
    CHECK(there.ok());
    const Result<std::string> name = interface_towards(*there);
    if (name.ok()) CHECK(*name == "lo");
  }
  for (const char* nowhere : {"", "localhost", "1.2.3", "fe80::1%no-such-thing", "::1%"}) {
    CHECK(!Endpoint::of(nowhere, 1).ok());
  }
  const std::string file = setting.directory + "/lock";
  const Result<UniqueFd> lock = take_lock(file, "note");
  CHECK(lock.ok());
  const Result<UniqueFd> second = take_lock(file, "another");
  CHECK(!second.ok() && second.error().code == "EWOULDBLOCK" && second.error().message.find("note") != std::string::npos);
  const Result<bool> locked = is_locked(file);
  CHECK(locked.ok() && *locked);
}

void opens(const Setting& setting) {
  for (const std::string& path : {setting.directory, setting.directory + "/none", std::string("/dev/null")}) {
    CHECK(!Source::open_file(path).ok());
  }
  Interrupt never;
  CHECK(!Source::generate(setting.directory + "/none", 1, 1, Link::kNever, never).ok());
  const Result<SourceSet> many = SourceSet::generate(setting.directory, 5000, 300, 1, never);
  CHECK(many.ok() && many->warm(never).ok() && many->residency().ok() && many->drop().ok() && many->unchanged().ok());
}

void play(const Setting& setting) {
  looks_around(setting);
  opens(setting);
  calibrates(setting);
  samples(setting);
}

const Part kPart("measuring", play);

}  // namespace
}  // namespace zcl::driver
