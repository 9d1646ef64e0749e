#include "core/affinity.h"

#include <sched.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <vector>

namespace zcl {
namespace {

constexpr size_t kMostCpus = 8192;  // the largest CONFIG_NR_CPUS there is (arch/x86/Kconfig)

/// Room for every CPU a kernel may have; cpu_set_t holds 1024.
using CpuSet = std::array<cpu_set_t, kMostCpus / CPU_SETSIZE>;

Status set_affinity(const CpuSet& cpus) {
  if (sched_setaffinity(0, sizeof cpus, cpus.data()) == 0) return {};
  return system_error("sched_setaffinity", errno);
}

}  // namespace

Status bind_to_cpu(std::optional<uint32_t> cpu) {
  if (!cpu) return {};
  if (*cpu >= kMostCpus) return system_error("sched_setaffinity", EINVAL);
  CpuSet one{};
  CPU_SET_S(*cpu, sizeof one, one.data());
  return set_affinity(one);
}

Result<uint32_t> cpu_behind(uint32_t first, uint32_t steps, pid_t process) {
  CpuSet all{};
  if (sched_getaffinity(process, sizeof all, all.data()) != 0) return system_error("sched_getaffinity", errno);
  std::vector<uint32_t> allowed;
  for (uint32_t cpu = 0; cpu < kMostCpus; ++cpu) {
    if (CPU_ISSET_S(cpu, sizeof all, all.data())) allowed.push_back(cpu);
  }
  const auto place = std::find(allowed.begin(), allowed.end(), first);
  if (place == allowed.end()) return first;
  return allowed[(static_cast<size_t>(place - allowed.begin()) + steps) % allowed.size()];
}

Status bind_apart(std::optional<uint32_t> cpu, pid_t process) {
  if (cpu) return bind_to_cpu(cpu);
  CpuSet all{};
  if (sched_getaffinity(process, sizeof all, all.data()) != 0) return system_error("sched_getaffinity", errno);
  return set_affinity(all);
}

}  // namespace zcl
