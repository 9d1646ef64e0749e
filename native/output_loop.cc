#include "output_loop.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>

namespace zcl {

Status OutputLoop::write_all(const Job& job, const std::byte* data, size_t bytes) {
  while (bytes > 0) {
    const ssize_t taken = write_([&] { return write(job.output.fd, data, bytes); });
    if (taken >= 0) {
      data += taken;
      bytes -= static_cast<size_t>(taken);
    } else if (Status status = ride_out(job, "write", errno); !status.ok()) {
      return status;
    }
  }
  return {};
}

Status OutputLoop::ride_out(const Job& job, const char* call, int error) {
  if (job.cancelled()) return cancelled(call);
  if (error == EINTR) return {};
  if (error != EAGAIN) return system_error(call, error, job.output.path);

  // No time limit: a cancel interrupts the wait, and a receiver that is gone makes the socket "writable" with EPIPE.
  pollfd output{job.output.fd, POLLOUT, 0};
  if (poll_([&] { return poll(&output, 1, -1); }) < 0 && errno != EINTR)
    return system_error("poll", errno, job.output.path);
  return job.cancelled() ? Status(cancelled(call)) : Status();
}

}  // namespace zcl
