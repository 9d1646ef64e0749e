#include "receiver/gate.h"

#include <poll.h>
#include <sys/eventfd.h>

#include <cerrno>

namespace zcl {

Result<Gate> Gate::closed() {
  UniqueFd event(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!event) return system_error("eventfd", errno);
  return Gate(std::move(event));
}

void Gate::open() const {
  if (!event_) return;
  is_open_->store(true, std::memory_order_release);
  eventfd_write(event_.get(), 1);
}

Status Gate::pass(const Interrupt& interrupt) const {
  pollfd opened{event_.get(), POLLIN, 0};
  while (!is_open_->load(std::memory_order_acquire)) {
    if (interrupt.requested()) return cancelled("poll");
    if (poll(&opened, 1, -1) < 0 && errno != EINTR) return system_error("poll", errno);
  }
  return {};
}

}  // namespace zcl
