#include "receiver/connect.h"

#include <cerrno>

#include "receiver/deadline.h"

namespace zcl {
namespace {

Status await_connected(int socket, const Interrupt& interrupt) {
  const Deadline deadline;
  for (pollfd connected{socket, POLLOUT, 0}; connected.revents == 0;) {
    if (Status status = deadline.wait(&connected, 1, "connect", interrupt); !status.ok()) return status;
  }
  int error = 0;
  socklen_t size = sizeof error;
  if (getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size) != 0) error = errno;
  return error == 0 ? Status() : Status(system_error("connect", error));
}

}  // namespace

// Non-blocking, so that neither a signal nor a full backlog can hold or fail the set-up.
Result<UniqueFd> connect_to(const sockaddr* there, socklen_t size, const Interrupt& interrupt) {
  UniqueFd connection(socket(there->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!connection) return system_error("socket", errno);
  if (connect(connection.get(), there, size) != 0 && errno != EINPROGRESS) return system_error("connect", errno);
  if (Status status = await_connected(connection.get(), interrupt); !status.ok()) return std::move(status).error();
  return connection;
}

}  // namespace zcl
