#include "paths/tcp_shape.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>

#include "measure/tcp_facts.h"

namespace zcl {
namespace {

Status set(int socket, int level, int name, int value) {
  if (setsockopt(socket, level, name, &value, sizeof value) == 0) return {};
  return system_error("setsockopt", errno);
}

Status set_congestion(int socket, const std::string& name) {
  if (setsockopt(socket, IPPROTO_TCP, TCP_CONGESTION, name.data(), static_cast<socklen_t>(name.size())) == 0) return {};
  return system_error("setsockopt", errno, name);
}

void observe_option(const char* as, int socket, int level, int name, std::vector<Observation>& observations) {
  int value = 0;
  socklen_t size = sizeof value;
  if (getsockopt(socket, level, name, &value, &size) == 0) observations.push_back({as, static_cast<uint64_t>(value)});
}

}  // namespace

Status shape(const TcpShape& wanted, int socket) {
  if (wanted.mss_bytes) {
    Status status = set(socket, IPPROTO_TCP, TCP_MAXSEG, static_cast<int>(*wanted.mss_bytes));
    if (!status.ok()) return status;
  }
  if (wanted.send_buffer_bytes) {
    Status status = set(socket, SOL_SOCKET, SO_SNDBUF, static_cast<int>(*wanted.send_buffer_bytes));
    if (!status.ok()) return status;
  }
  if (!wanted.congestion.empty()) {
    if (Status status = set_congestion(socket, wanted.congestion); !status.ok()) return status;
  }
  return wanted.no_delay ? set(socket, IPPROTO_TCP, TCP_NODELAY, 1) : Status();
}

Status cork(int socket, bool held) {
  return set(socket, IPPROTO_TCP, TCP_CORK, held ? 1 : 0);
}

void observe(const TcpShape& wanted, int socket, std::vector<Observation>& observations) {
  // Not TCP_MAXSEG: of a connection that is over, that only says again what was asked for (do_tcp_getsockopt).
  const std::optional<TcpFacts> facts = wanted.mss_bytes ? tcp_facts(socket) : std::nullopt;
  if (facts) observations.push_back({"tcpMssBytes", facts->mss_bytes});
  if (wanted.send_buffer_bytes) observe_option("tcpSendBufferBytes", socket, SOL_SOCKET, SO_SNDBUF, observations);
  if (wanted.no_delay) observe_option("tcpNoDelay", socket, IPPROTO_TCP, TCP_NODELAY, observations);
}

}  // namespace zcl
