#include "output_loop.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

namespace zcl {

Status OutputLoop::write_all(const Job& job, const std::byte* data, size_t bytes, bool more) {
  while (bytes > 0) {
    const ssize_t taken = more ? send_([&] { return send(job.output.fd, data, bytes, MSG_MORE | MSG_NOSIGNAL); })
                               : write_([&] { return write(job.output.fd, data, bytes); });
    if (taken >= 0) {
      data += taken;
      bytes -= static_cast<size_t>(taken);
    } else if (Status status = ride_out(job, more ? "send" : "write", errno); !status.ok()) {
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
