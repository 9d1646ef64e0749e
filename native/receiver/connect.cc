#include "receiver/connect.h"

#include <cerrno>

#include "receiver/deadline.h"

namespace zcl {

Status connect_within(int socket, const sockaddr* there, socklen_t size, const Interrupt& interrupt) {
  if (connect(socket, there, size) != 0 && errno != EINPROGRESS) return system_error("connect", errno);
  const Deadline deadline;
  for (pollfd connected{socket, POLLOUT, 0}; connected.revents == 0;) {
    if (Status status = deadline.wait(&connected, 1, "connect", interrupt); !status.ok()) return status;
  }
  int error = 0;
  socklen_t length = sizeof error;
  if (getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &length) != 0) error = errno;
  return error == 0 ? Status() : Status(system_error("connect", error));
}

}  // namespace zcl
