#include "host/route.h"

#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include "core/unique_fd.h"

namespace zcl {
namespace {

constexpr char kLoopback[] = "lo";  // in every network namespace (drivers/net/loopback.c: loopback_net_init)

bool same_address(const sockaddr* one, const sockaddr* other) {
  if (one == nullptr || one->sa_family != other->sa_family) return false;
  if (one->sa_family == AF_INET) {
    return reinterpret_cast<const sockaddr_in*>(one)->sin_addr.s_addr ==
           reinterpret_cast<const sockaddr_in*>(other)->sin_addr.s_addr;
  }
  return one->sa_family == AF_INET6 && std::memcmp(&reinterpret_cast<const sockaddr_in6*>(one)->sin6_addr,
                                                   &reinterpret_cast<const sockaddr_in6*>(other)->sin6_addr,
                                                   sizeof(in6_addr)) == 0;
}

}  // namespace

std::optional<std::string> interface_with(const Endpoint& own) {
  ifaddrs* all = nullptr;
  if (getifaddrs(&all) != 0) return {};
  const std::unique_ptr<ifaddrs, decltype(&freeifaddrs)> owner(all, freeifaddrs);
  for (const ifaddrs* each = all; each != nullptr; each = each->ifa_next) {
    if (same_address(each->ifa_addr, own.address())) return each->ifa_name;
  }
  return {};
}

Result<std::string> interface_towards(const Endpoint& there) {
  if (there.is_loopback() || interface_with(there)) return std::string(kLoopback);
  // To connect a datagram socket is to look up the route, and nothing else (connect(2)).
  const UniqueFd probe(socket(there.family(), SOCK_DGRAM | SOCK_CLOEXEC, 0));
  if (!probe) return system_error("socket", errno);
  if (connect(probe.get(), there.address(), there.size()) != 0) return system_error("connect", errno, there.text());
  const Endpoint own = Endpoint::own(probe.get());
  if (std::optional<std::string> name = interface_with(own)) return std::move(*name);
  return system_error("getifaddrs", ENODEV, own.host());
}

std::optional<uint32_t> mtu_of(const std::string& interface) {
  ifreq request{};
  interface.copy(request.ifr_name, IFNAMSIZ - 1);
  const UniqueFd any(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  if (!any || ioctl(any.get(), SIOCGIFMTU, &request) != 0) return {};
  return static_cast<uint32_t>(request.ifr_mtu);
}

}  // namespace zcl
