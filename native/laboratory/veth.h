#pragma once

#include <netinet/in.h>

#include <cstdint>
#include <string>

#include "core/network_namespace.h"
#include "laboratory/netlink.h"

/// A pair of virtual Ethernet interfaces, veth(4): what goes into one comes out of the other.
namespace zcl {

/// Makes `name` where `here` is, and its other end, of the same name, in `there`.
Status make_veth_pair(const Netlink& here, const std::string& name, const NetworkNamespace& there);

/// The number of the interface `name`.
Result<int> interface_index(const Netlink& netlink, const std::string& name);

/// Sets the MTU, the address (of a network of two) and the interface up. The MTU stays where it is 0.
Status bring_up(const Netlink& netlink, int index, in_addr address, uint32_t mtu);

/// What rtnetlink tells of an interface.
struct LinkState {
  uint32_t mtu;
  bool carries;  ///< it is up, and its queue takes packets
  uint64_t sent_bytes;
  uint64_t received_bytes;
};
Result<LinkState> link_state(const Netlink& netlink, int index);

}  // namespace zcl
