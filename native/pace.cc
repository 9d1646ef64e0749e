#include "pace.h"

#include <algorithm>
#include <ctime>

#include "measure/clock.h"

namespace zcl {
namespace {

constexpr int64_t kNsPerSecond = 1'000'000'000;
constexpr double kLongestSeconds = 1e9;
constexpr int64_t kNotWorthSleepingNs = 1'000'000;

}  // namespace

void Pace::reached(uint64_t moved) {
  if (started_ns_ == 0) started_ns_ = now_ns();
  const double seconds = static_cast<double>(before_ + moved) / static_cast<double>(bytes_per_second_);
  const int64_t due_ns = started_ns_ + static_cast<int64_t>(std::min(seconds, kLongestSeconds) * kNsPerSecond);
  if (due_ns - now_ns() < kNotWorthSleepingNs) return;
  const timespec due{due_ns / kNsPerSecond, due_ns % kNsPerSecond};
  while (!interrupt_.requested() &&
         sleep_([&] { return clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, nullptr); }) != 0) {
  }
}

}  // namespace zcl
