#pragma once

#include <linux/sockios.h>
#include <net/if.h>

#include <set>
#include <string>
#include <vector>

#include "core/result.h"

namespace zcl {

/// Features of one network interface by ethtool's ioctl, under the names `ethtool -k` gives them
/// (Documentation/networking/netdev-features.rst).
class Ethtool {
 public:
  /// @param socket of the network namespace the interface is in; borrowed
  Ethtool(int socket, const std::string& interface) : socket_(socket) {
    interface.copy(request_.ifr_name, IFNAMSIZ - 1);
  }

  /// The names of all features this kernel knows; the place of a name is the number of its bit.
  Result<std::vector<std::string>> names();

  /// The names of the features that are on.
  Result<std::set<std::string>> active();

  /// Wishes some features on and others off. The kernel grants what goes together with the rest and with the device
  /// (net/core/dev.c: netdev_fix_features), so what became of it is to be read back. Needs CAP_NET_ADMIN.
  Status wish(const std::set<std::string>& on, const std::set<std::string>& off);

 private:
  Status ask(void* command);

  const int socket_;  // borrowed
  ifreq request_{};
};

}  // namespace zcl
