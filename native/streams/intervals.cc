#include "streams/intervals.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <ctime>

#include "core/affinity.h"
#include "core/thread.h"
#include "measure/clock.h"

namespace zcl {
namespace {

constexpr int64_t kEveryNs = 100'000'000;
constexpr int64_t kNsPerSecond = 1'000'000'000;

}  // namespace

std::unique_ptr<IntervalWatch> IntervalWatch::begin(std::function<uint64_t()> bytes_so_far) {
  UniqueFd ready(eventfd(0, EFD_CLOEXEC));
  UniqueFd over(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!ready || !over) return nullptr;
  std::unique_ptr<IntervalWatch> watch(new IntervalWatch(std::move(bytes_so_far), std::move(ready), std::move(over)));
  Result<std::thread> thread = start_thread([self = watch.get()] { self->watch(); });
  if (!thread.ok()) return nullptr;
  watch->thread_ = std::move(*thread);
  eventfd_t woken = 0;
  while (eventfd_read(watch->ready_.get(), &woken) != 0 && errno == EINTR) continue;
  return watch;
}

IntervalWatch::~IntervalWatch() {
  stop();
}

void IntervalWatch::stop() {
  eventfd_write(over_.get(), 1);
  if (thread_.joinable()) thread_.join();
}

void IntervalWatch::watch() {
  name_this_thread("zcl-intervals");
  static_cast<void>(bind_apart({}, getpid()));  // not on the sender's CPU, and no worse for it where that cannot be
  eventfd_write(ready_.get(), 1);
  for (int64_t next_ns = now_ns() + kEveryNs;; next_ns += kEveryNs) {
    const int64_t rest_ns = std::max<int64_t>(next_ns - now_ns(), 0);
    const timespec rest{static_cast<time_t>(rest_ns / kNsPerSecond), static_cast<long>(rest_ns % kNsPerSecond)};
    pollfd over{over_.get(), POLLIN, 0};
    if (ppoll(&over, 1, &rest, nullptr) != 0) return;
    seen_.push_back(bytes_so_far_());
  }
}

// What was seen behind the end of the window belongs to its last interval, and so does what nobody saw.
std::optional<Intervals> IntervalWatch::end(int64_t wall_ns, uint64_t bytes) {
  stop();
  const auto whole = static_cast<size_t>(std::max<int64_t>(wall_ns - 1, 0) / kEveryNs);
  seen_.resize(std::min(seen_.size(), whole));
  if (seen_.empty()) return {};
  seen_.push_back(bytes);
  Intervals intervals{static_cast<uint64_t>(kEveryNs), {}};
  uint64_t before = 0;
  for (const uint64_t seen : seen_) {
    const uint64_t until = std::clamp(seen, before, std::max(before, bytes));
    intervals.bytes.push_back(until - before);
    before = until;
  }
  return intervals;
}

}  // namespace zcl
