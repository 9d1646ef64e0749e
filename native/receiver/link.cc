#include "receiver/link.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>

namespace zcl {
namespace {

struct Setting {
  int level;
  int name;
  int value;
};

constexpr int kProbes = 5;

constexpr Setting kSettings[] = {
    {SOL_SOCKET, SO_KEEPALIVE, 1},
    {IPPROTO_TCP, TCP_KEEPIDLE, kLinkPatienceSeconds / 2},
    {IPPROTO_TCP, TCP_KEEPINTVL, 1},
    {IPPROTO_TCP, TCP_KEEPCNT, kProbes},
    {IPPROTO_TCP, TCP_USER_TIMEOUT, kLinkPatienceSeconds * 1000},
    {IPPROTO_TCP, TCP_LINGER2, kLinkPatienceSeconds},
};

Status apply(int socket, const Setting& setting) {
  if (setsockopt(socket, setting.level, setting.name, &setting.value, sizeof setting.value) == 0) return {};
  return system_error("setsockopt", errno);
}

}  // namespace

Status watch_link(int socket, Carries what) {
  for (const Setting& setting : kSettings) {
    if (Status status = apply(socket, setting); !status.ok()) return status;
  }
  return what == Carries::kFrames ? apply(socket, {IPPROTO_TCP, TCP_NODELAY, 1}) : Status();
}

}  // namespace zcl
