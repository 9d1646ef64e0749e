#include "exchange/progress.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <ctime>

#include "measure/clock.h"

namespace zcl {
namespace {

// Not FUTEX_PRIVATE: the other side may be another process.
long ask_kernel(std::atomic<uint32_t>& word, int operation, uint32_t value, const timespec* timeout) {
  return syscall(SYS_futex, &word, operation, value, timeout, nullptr, 0);
}

}  // namespace

// One writes the value and then looks for a sleeper, the other lies down and then looks at the value. With all four
// sequentially consistent, one of the two sees the other.
void Progress::raise(uint64_t value, SystemCall& futex) {
  value_.store(value);
  const bool awaited = asleep_.load() != 0 && value >= wanted_.load(std::memory_order_relaxed);
  if (awaited && claim_sleeper()) futex([&] { return wake(); });
}

void Progress::leave() {
  left_.store(1);
  if (claim_sleeper()) wake();
}

// Of several that would wake the sleeper one does.
bool Progress::claim_sleeper() {
  return asleep_.exchange(0) != 0;
}

long Progress::wake() {
  return ask_kernel(asleep_, FUTEX_WAKE, 1, nullptr);
}

bool Progress::reached(uint64_t wanted) const {
  return value_.load() >= wanted || left_.load() != 0;
}

Status Progress::await(uint64_t wanted, const Interrupt& interrupt, SystemCall& futex, int64_t patience_ns) {
  const int64_t end_ns = patience_ns >= 0 ? now_ns() + patience_ns : 0;
  while (!reached(wanted)) {
    if (interrupt.requested()) return cancelled("futex");
    timespec rest{};
    if (patience_ns >= 0) {
      const int64_t rest_ns = end_ns - now_ns();
      if (rest_ns <= 0) return system_error("futex", ETIMEDOUT);
      rest = {rest_ns / 1'000'000'000, rest_ns % 1'000'000'000};
    }
    wanted_.store(wanted, std::memory_order_relaxed);
    asleep_.store(1);
    if (!reached(wanted)) {
      futex([&] { return ask_kernel(asleep_, FUTEX_WAIT, 1, patience_ns >= 0 ? &rest : nullptr); });
    }
    asleep_.store(0);
  }
  return value_.load() >= wanted ? Status() : Status(system_error("futex", EPIPE));
}

Status Progress::await_leaving(const Interrupt& interrupt) {
  SystemCall futex;
  if (Status status = await(UINT64_MAX, interrupt, futex); !status.ok() && status.error().code != "EPIPE") return status;
  return {};
}

}  // namespace zcl
