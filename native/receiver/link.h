#pragma once

#include "core/result.h"

namespace zcl {

/// After so long without an answer from the other host a connection is given up: ETIMEDOUT of whichever call waits.
constexpr int kLinkPatienceSeconds = 10;

/// What goes over a connection. Frames are small, and each goes out at once (TCP_NODELAY); the payload is left to TCP's
/// defaults.
enum class Carries { kFrames, kPayload };

/// Has the kernel give up a TCP connection whose other end went without a word: a link that is down, a host that was
/// switched off. What is not acknowledged ends it (TCP_USER_TIMEOUT), and where there is nothing to acknowledge, probes do
/// (SO_KEEPALIVE). And what this side has closed does not wait longer for the other to do the same (TCP_LINGER2), when
/// nobody has the socket any more; tcp(7).
Status watch_link(int socket, Carries what);

}  // namespace zcl
