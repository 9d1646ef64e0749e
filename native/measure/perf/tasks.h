#pragma once

#include <sys/types.h>

#include <map>
#include <optional>
#include <set>
#include <string>

namespace zcl {

/// What a sampled thread was for; the names are those of SampledStack in native/addon.d.ts.
enum class SampledThread { kSender, kReceiver, kWorker, kKernel };

/// Who is who among the tasks that samples come from, by what the kernel's records say of them. Threads of ours are
/// told by the names they give themselves, and those of other processes of the same names by whose children they are.
class SampledTasks {
 public:
  SampledTasks();

  /// PERF_RECORD_FORK: `parent` started `process`.
  void forked(pid_t process, pid_t parent);

  /// PERF_RECORD_COMM: a thread, or a program that was just started, has this name from now on.
  void named(pid_t thread, const std::string& name);

  /// Nothing for tasks that have nothing to do with us: their samples are nobody's evidence.
  std::optional<SampledThread> role_of(pid_t process, pid_t thread);

 private:
  bool is_of_the_kernel(pid_t process);

  const bool sees_all_;
  std::set<pid_t> ours_;
  std::map<pid_t, SampledThread> roles_;
  std::map<pid_t, bool> of_the_kernel_;
};

}  // namespace zcl
