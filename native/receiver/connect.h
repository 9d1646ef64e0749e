#pragma once

#include <sys/socket.h>

#include <functional>

#include "core/interrupt.h"
#include "core/result.h"

namespace zcl {

/// Sets a socket before it connects.
using Prepare = std::function<Status(int socket)>;

/// Leaves it as the kernel makes it.
inline Status as_it_is(int) {
  return {};
}

/// Connects a non-blocking socket, so that neither a signal nor a full backlog can hold or fail it. ETIMEDOUT after 10
/// s.
Status connect_within(int socket, const sockaddr* there, socklen_t size, const Interrupt& interrupt);

}  // namespace zcl
