#include "measure/perf/tasks.h"

#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "core/pid_namespace.h"

namespace zcl {
namespace {

constexpr pid_t kIdle = 0;

std::optional<SampledThread> role_by_name(const std::string& name) {
  if (name == "zcl-sender") return SampledThread::kSender;
  if (name == "zcl-receiver" || name == "zcl-consumer") return SampledThread::kReceiver;
  if (name.rfind("iou-wrk-", 0) == 0) return SampledThread::kWorker;  // io_uring/io-wq.c: io_wq_worker
  return {};
}

/// Field 9 of proc_pid_stat(5). The name before it may hold anything, so what counts begins behind its bracket.
bool is_kernel_thread(pid_t process) {
  std::string line;
  std::getline(std::ifstream("/proc/" + std::to_string(process) + "/stat"), line);
  const size_t behind_name = line.rfind(')');
  if (behind_name == std::string::npos) return false;
  size_t at = behind_name + 1;
  for (int skipped = 0; skipped < 6 && at != std::string::npos; ++skipped) at = line.find(' ', at + 1);
  if (at == std::string::npos) return false;
  constexpr unsigned long kKthread = 0x00200000;  // PF_KTHREAD, include/linux/sched.h
  return (std::strtoul(line.c_str() + at, nullptr, 10) & kKthread) != 0;
}

}  // namespace

SampledTasks::SampledTasks() : sees_all_(in_first_pid_namespace()), ours_{getpid()} {}

void SampledTasks::forked(pid_t process, pid_t parent) {
  if (process != parent && ours_.count(parent) > 0) ours_.insert(process);
}

void SampledTasks::named(pid_t thread, const std::string& name) {
  if (const std::optional<SampledThread> role = role_by_name(name)) roles_.emplace(thread, *role);
}

std::optional<SampledThread> SampledTasks::role_of(pid_t process, pid_t thread) {
  if (ours_.count(process) > 0) {
    const auto role = roles_.find(thread);
    if (role == roles_.end()) return {};
    return role->second;
  }
  if (is_of_the_kernel(process)) return SampledThread::kKernel;
  return {};
}

/// Within a PID namespace everybody outside of it has the number 0 (kernel/events/core.c: perf_event_pid_type), which
/// is no sign of the idle task then.
bool SampledTasks::is_of_the_kernel(pid_t process) {
  if (!sees_all_) return false;
  if (process == kIdle) return true;
  const auto known = of_the_kernel_.find(process);
  if (known != of_the_kernel_.end()) return known->second;
  return of_the_kernel_[process] = is_kernel_thread(process);
}

}  // namespace zcl
