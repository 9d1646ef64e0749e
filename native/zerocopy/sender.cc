#include "zerocopy/sender.h"

#include <poll.h>
#include <sys/socket.h>

#include <cerrno>

#include "zerocopy/limits.h"

namespace zcl {
namespace {

/// The kernel's own "not supported", which sockets other than TCP over IP give to SO_ZEROCOPY (include/linux/errno.h).
constexpr int kInternalNotSupported = 524;

/// Why a connection ended on which nothing more is to come.
Error connection_lost(int socket) {
  int error = 0;
  socklen_t size = sizeof error;
  getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size);
  return system_error("poll", error != 0 ? error : EPIPE);
}

}  // namespace

Status ZerocopySender::enable(const Output& output) {
  const int on = 1;
  const auto ask = [&] { return setsockopt(output.fd, SOL_SOCKET, SO_ZEROCOPY, &on, sizeof on); };
  if (setsockopt_(ask) == 0) return {};
  switch (errno) {
    case ENOTSOCK:
    case ENOPROTOOPT:  // a kernel before 4.14
    case EOPNOTSUPP:
    case kInternalNotSupported:
      return Error{"EOPNOTSUPP", "setsockopt", "SO_ZEROCOPY needs a TCP socket and Linux 4.14.", output.path};
    default:
      return system_error("setsockopt", errno, output.path);
  }
}

Status ZerocopySender::send_all(const Job& job, const std::byte* data, size_t bytes, uint64_t end) {
  const int flags = MSG_ZEROCOPY | MSG_NOSIGNAL | (job.more_behind(end) ? MSG_MORE : 0);
  while (bytes > 0) {
    const ssize_t taken = send_([&] { return send(job.output.fd, data, bytes, flags); });
    if (taken >= 0) {
      tracker_.sent();
      data += taken;
      bytes -= static_cast<size_t>(taken);
    } else if (Status status = after_failed_send(job, errno, bytes); !status.ok()) {
      return status;
    }
  }
  return {};
}

// Success means try again.
Status ZerocopySender::after_failed_send(const Job& job, int error, size_t bytes) {
  if (job.cancelled()) return cancelled("send");
  switch (error) {
    case EINTR:
      return {};
    case EAGAIN:
      return await_writable(job);
    case ENOBUFS:
      // A limit is reached. What is under way counts against it, up to the moment its completion is read.
      return tracker_.all_done() ? Status(no_room_to_send(bytes)) : await_any(job);
    default:
      return system_error("send", error, job.output.path);
  }
}

Status ZerocopySender::await(const Job& job, const Sends& sends) {
  while (!tracker_.done(sends)) {
    if (Status status = await_any(job); !status.ok()) return status;
  }
  return {};
}

// Takes one message of the error queue. If there is none, sleeps until there may be.
Status ZerocopySender::await_any(const Job& job) {
  const Result<bool> took = queue_.take(job.output.fd, tracker_);
  if (!took.ok()) return took.error();
  if (*took) return {};
  const Result<short> woken = sleep(job, 0);
  return woken.ok() ? Status() : Status(woken.error());
}

// Not OutputLoop's way: a completion that nobody takes would end every poll at once.
Status ZerocopySender::await_writable(const Job& job) {
  for (;;) {
    const Result<short> woken = sleep(job, POLLOUT);
    if (!woken.ok()) return woken.error();
    if ((*woken & POLLOUT) != 0) return {};
  }
}

// No time limit: a cancel interrupts the wait. POLLERR, which says that a completion is there, needs no asking for; but
// so does the end of the connection, and goes on doing so: it must not be waited for again.
Result<short> ZerocopySender::sleep(const Job& job, short events) {
  pollfd socket{job.output.fd, events, 0};
  if (poll_([&] { return poll(&socket, 1, -1); }) < 0 && errno != EINTR)
    return system_error("poll", errno, job.output.path);
  if (job.cancelled()) return cancelled("poll");
  if ((socket.revents & (POLLERR | POLLHUP)) == 0) return socket.revents;

  const Result<bool> took = queue_.take(job.output.fd, tracker_);
  if (!took.ok()) return took.error();
  if (!*took) return connection_lost(job.output.fd);
  return socket.revents;
}

}  // namespace zcl
