#include "transfer.h"

#include <algorithm>
#include <cstring>

#include "core/rounding.h"

namespace zcl {
namespace {

constexpr uint64_t kPacedCallsPerSecond = 200;
constexpr uint64_t kLeastBytesPerPacedCall = uint64_t{64} << 10;
constexpr uint64_t kPageBytes = 4096;

}  // namespace

uint64_t Mode::most_bytes_per_call(const Job& job) {
  if (!job.bytes_per_second) return kMaxBytesPerCall;
  const uint64_t wanted = std::max(*job.bytes_per_second / kPacedCallsPerSecond, kLeastBytesPerPacedCall);
  const uint64_t most = std::min(round_up(wanted, kPageBytes), kMaxBytesPerCall);
  observe("callBytes", most);
  return most;
}

uint64_t& Mode::observation(const char* name) {
  for (Observation& each : observations_) {
    if (std::strcmp(each.name, name) == 0) return each.value;
  }
  return observations_.emplace_back(Observation{name, 0}).value;
}

std::vector<std::string> mode_ids() {
  return ModeEntry::ids();
}

std::unique_ptr<Mode> make_mode(const std::string& id) {
  const ModeEntry* entry = ModeEntry::find(id);
  return entry != nullptr ? entry->make() : nullptr;
}

}  // namespace zcl
