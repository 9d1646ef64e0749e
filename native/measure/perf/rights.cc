#include "measure/perf/rights.h"

#include "measure/perf/sampler.h"
#include "measure/perf/syscall_count.h"

namespace zcl {
namespace {

template <class T>
Status status_of(Result<T> tried) {
  if (!tried.ok()) return std::move(tried).error();
  return {};
}

}  // namespace

EvidenceRights evidence_rights() {
  constexpr uint64_t kSeldom = 1;  // a second: the trial itself is to cost nothing
  return {status_of(Sampler::open(kSeldom, Sampler::Scope::kOwnTasks)),
          status_of(Sampler::open(kSeldom, Sampler::Scope::kAllCpus)), status_of(SyscallCount::when(true))};
}

}  // namespace zcl
