#include "receiver/deadline.h"

#include <cerrno>

#include "measure/clock.h"

namespace zcl {

Deadline::Deadline(int seconds) : end_ns_(now_ns() + seconds * int64_t{1'000'000'000}) {}

Status Deadline::wait(pollfd* fds, size_t count, const char* what, const Interrupt& interrupt) const {
  if (interrupt.requested()) return cancelled(what);
  const int64_t rest_ms = (end_ns_ - now_ns()) / 1'000'000;
  if (rest_ms <= 0) return system_error(what, ETIMEDOUT);
  if (poll(fds, count, static_cast<int>(rest_ms)) < 0 && errno != EINTR) return system_error("poll", errno);
  return interrupt.requested() ? Status(cancelled(what)) : Status();
}

}  // namespace zcl
