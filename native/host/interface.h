#pragma once

#include <string>

#include "core/result.h"

namespace zcl {

/// What a network interface does for TCP over IPv4 on the way out, as it is set now.
struct InterfaceFeatures {
  bool scatter_gather;
  bool tso;
  bool gso;
  bool tx_checksum;
};

/// Asks the interface `name` of this network namespace; needs no rights. ENODEV where there is none of that name.
Result<InterfaceFeatures> interface_features(const std::string& name);

/// The same in the network namespace of `socket`, which is borrowed.
Result<InterfaceFeatures> interface_features(int socket, const std::string& name);

}  // namespace zcl
