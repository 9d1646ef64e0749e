#include "measure/io_workers.h"

#include <dirent.h>

#include <cstdlib>
#include <fstream>
#include <memory>

#include "core/pid_namespace.h"
#include "measure/clock.h"

namespace zcl {
namespace {

constexpr char kPrefix[] = "iou-wrk-";
constexpr char kTasks[] = "/proc/self/task/";

struct Worker {
  std::string thread;  // its number
  std::string name;    // tells whose it is
};

std::vector<Worker> workers_of_process() {
  std::vector<Worker> workers;
  const std::unique_ptr<DIR, int (*)(DIR*)> tasks(opendir(kTasks), closedir);
  if (!tasks) return workers;
  // Nobody else reads this stream.
  while (const dirent* task = readdir(tasks.get())) {  // NOLINT(concurrency-mt-unsafe)
    std::string name;
    std::getline(std::ifstream(std::string(kTasks) + task->d_name + "/comm"), name);
    if (name.rfind(kPrefix, 0) == 0) workers.push_back({task->d_name, name});
  }
  return workers;
}

// The CPU-time clock of a thread, by its number: the kernel's MAKE_THREAD_CPUCLOCK(tid, CPUCLOCK_SCHED), the same clock
// as CLOCK_THREAD_CPUTIME_ID.
clockid_t cpu_clock_of(pid_t thread) {
  return static_cast<clockid_t>((~static_cast<unsigned>(thread) << 3) | 6);
}

void add_switches(const std::string& thread, IoWorkerCost& cost) {
  std::ifstream status(kTasks + thread + "/status");
  for (std::string name; status >> name;) {
    if (name == "voluntary_ctxt_switches:" || name == "nonvoluntary_ctxt_switches:") {
      int64_t switches = 0;
      status >> switches;
      (name.front() == 'v' ? cost.voluntary_switches : cost.involuntary_switches) += switches;
    }
  }
}

}  // namespace

IoWorkers::IoWorkers() {
  for (Worker& worker : workers_of_process()) others_.insert(std::move(worker.name));
}

IoWorkerCost IoWorkers::cost(const std::vector<pid_t>& owners) const {
  std::set<std::string> ours;
  for (const pid_t owner : owners) ours.insert(kPrefix + std::to_string(owner));
  // The name ends in the number its thread has in the first PID namespace. Where that is not known, a name that was not
  // there before must do.
  const bool by_number = in_first_pid_namespace();
  IoWorkerCost cost;
  for (const Worker& worker : workers_of_process()) {
    if (by_number ? ours.count(worker.name) == 0 : others_.count(worker.name) > 0) continue;
    ++cost.workers;
    cost.cpu_ns += read_clock(cpu_clock_of(static_cast<pid_t>(std::strtol(worker.thread.c_str(), nullptr, 10))));
    add_switches(worker.thread, cost);
  }
  return cost;
}

}  // namespace zcl
