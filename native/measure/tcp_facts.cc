#include "measure/tcp_facts.h"

#include <linux/tcp.h>  // all of tcp_info; netinet/tcp.h has half of it, and the two exclude each other
#include <netinet/in.h>
#include <sys/socket.h>

namespace zcl {

// An older kernel fills in less, and the rest stays zero.
std::optional<TcpFacts> tcp_facts(int socket) {
  tcp_info info{};
  socklen_t size = sizeof info;
  if (getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return {};
  constexpr uint64_t kNsPerUs = 1000;
  constexpr uint32_t kNoMinimum = ~uint32_t{0};  // include/linux/win_minmax.h starts with the largest
  return TcpFacts{info.tcpi_rtt * kNsPerUs,
                  info.tcpi_min_rtt == kNoMinimum ? 0 : info.tcpi_min_rtt * kNsPerUs,
                  info.tcpi_snd_mss,
                  info.tcpi_total_retrans,
                  info.tcpi_delivery_rate,
                  info.tcpi_bytes_acked};
}

}  // namespace zcl
