#include "core/affinity.h"

#include <sched.h>

#include <array>
#include <cerrno>

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

Status bind_apart(std::optional<uint32_t> cpu, pid_t process) {
  if (cpu) return bind_to_cpu(cpu);
  CpuSet all{};
  if (sched_getaffinity(process, sizeof all, all.data()) != 0) return system_error("sched_getaffinity", errno);
  return set_affinity(all);
}

}  // namespace zcl
