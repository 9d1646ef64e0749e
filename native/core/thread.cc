#include "core/thread.h"

#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>
#include <new>
#include <system_error>

#include "core/signal_mask.h"

namespace zcl {

// The one place that catches: std::thread has no other way to say that the system has no thread left.
Result<std::thread> start_thread(std::function<void()> work) {
  try {
    return std::thread([work = std::move(work)]() noexcept {
      block_asynchronous_signals();
      work();
    });
  } catch (const std::system_error& failure) {
    return system_error("clone", failure.code().value());
  } catch (const std::bad_alloc&) {
    return system_error("clone", ENOMEM);
  }
}

void name_this_thread(const char* name) {
  prctl(PR_SET_NAME, name);
}

pid_t this_thread() {
  return static_cast<pid_t>(syscall(SYS_gettid));
}

}  // namespace zcl
