#pragma once

#include <cstdint>
#include <ctime>

namespace zcl {

inline int64_t read_clock(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return now.tv_sec * int64_t{1'000'000'000} + now.tv_nsec;
}

/// CLOCK_MONOTONIC in ns, comparable between threads of this machine.
inline int64_t now_ns() {
  return read_clock(CLOCK_MONOTONIC);
}

}  // namespace zcl
