#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "transfer.h"

namespace zcl {

/// How a sending socket is to be set; what is not asked for stays as the kernel makes it.
struct TcpShape {
  std::optional<uint32_t> mss_bytes;          ///< TCP_MAXSEG
  std::string congestion;                     ///< TCP_CONGESTION; empty: not asked for
  std::optional<uint32_t> send_buffer_bytes;  ///< SO_SNDBUF, of which the kernel makes twice as much (socket(7))
  bool no_delay = false;                      ///< TCP_NODELAY
  bool cork = false;                          ///< TCP_CORK, from before the first byte until behind the last
};

/// Sets a socket that is not connected yet: later, the kernel would not announce an MSS, nor let a buffer grow into the
/// window (tcp(7)). The errors of setsockopt: EPERM or ENOENT for a congestion control that this user may not have, or
/// that there is not; EINVAL for an MSS out of bounds.
Status shape(const TcpShape& wanted, int socket);

/// Has TCP hold back what fills no segment.
Status cork(int socket, bool held);

/// What the kernel made of what was asked for, by names of native/addon.d.ts.
void observe(const TcpShape& wanted, int socket, std::vector<Observation>& observations);

}  // namespace zcl
