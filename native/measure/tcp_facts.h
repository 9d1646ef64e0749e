#pragma once

#include <cstdint>
#include <optional>

namespace zcl {

/// What TCP knows of a connection (TCP_INFO, tcp(7) and linux/tcp.h).
struct TcpFacts {
  uint64_t rtt_ns;      ///< smoothed
  uint64_t min_rtt_ns;  ///< 0 on kernels before 4.10
  uint64_t mss_bytes;
  uint64_t retransmits;                ///< segments sent again, over the life of the connection
  uint64_t delivery_bytes_per_second;  ///< of the most recent sample; 0 before 4.9
  uint64_t acknowledged_bytes;
};

/// Nothing where the kernel does not tell.
std::optional<TcpFacts> tcp_facts(int socket);

}  // namespace zcl
