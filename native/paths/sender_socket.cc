#include "paths/sender_socket.h"

#include <fcntl.h>

#include <cerrno>

namespace zcl {

Prepare before_connecting(const SocketOptions& options) {
  return [&shape = options.tcp](int socket) { return zcl::shape(shape, socket); };
}

Status before_sending(const SocketOptions& options, int socket) {
  if (options.tcp.cork) {
    if (Status status = cork(socket, true); !status.ok()) return status;
  }
  if (options.non_blocking && fcntl(socket, F_SETFL, O_NONBLOCK) != 0) return system_error("fcntl", errno);
  return {};
}

}  // namespace zcl
