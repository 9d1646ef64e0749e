#include "host/interface.h"

#include <sys/socket.h>

#include <cerrno>

#include "core/unique_fd.h"
#include "host/ethtool.h"

namespace zcl {

Result<InterfaceFeatures> interface_features(const std::string& name) {
  if (name.empty() || name.size() >= IFNAMSIZ) return system_error("SIOCETHTOOL", ENODEV, name);
  const UniqueFd socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  if (!socket) return system_error("socket", errno);
  return interface_features(socket.get(), name);
}

// By the names of the single features, not by the old ETHTOOL_GSG: that one says yes to fragment lists alone as well
// (net/ethtool/ioctl.c: ethtool_get_feature_mask), with which the pages of a file would still be copied.
Result<InterfaceFeatures> interface_features(int socket, const std::string& name) {
  const Result<std::set<std::string>> active = Ethtool(socket, name).active();
  if (!active.ok()) return active.error();
  const auto is_on = [&active](const char* feature) { return active->count(feature) > 0; };
  return InterfaceFeatures{is_on("tx-scatter-gather"), is_on("tx-tcp-segmentation"), is_on("tx-generic-segmentation"),
                           is_on("tx-checksum-ipv4") || is_on("tx-checksum-ip-generic")};
}

}  // namespace zcl
