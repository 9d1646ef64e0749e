#include "paths/sender_socket.h"

#include <fcntl.h>
#include <sys/socket.h>

#include <cerrno>

namespace zcl {

Status apply(const SocketOptions& options, int socket) {
  if (options.send_buffer_bytes &&
      setsockopt(socket, SOL_SOCKET, SO_SNDBUF, &*options.send_buffer_bytes, sizeof(int)) != 0) {
    return system_error("setsockopt", errno);
  }
  if (options.non_blocking && fcntl(socket, F_SETFL, O_NONBLOCK) != 0) return system_error("fcntl", errno);
  return {};
}

}  // namespace zcl
