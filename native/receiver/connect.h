#pragma once

#include <sys/socket.h>

#include "core/interrupt.h"
#include "core/result.h"
#include "core/unique_fd.h"

namespace zcl {

/// A TCP connection to `there`. ETIMEDOUT after 10 s. The socket is a non-blocking one.
Result<UniqueFd> connect_to(const sockaddr* there, socklen_t size, const Interrupt& interrupt);

}  // namespace zcl
