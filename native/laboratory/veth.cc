#include "laboratory/veth.h"

#include <linux/if.h>
#include <linux/if_link.h>
#include <linux/veth.h>

namespace zcl {
namespace {

constexpr uint8_t kPrefixOfTwo = 30;  // two hosts, the network itself and its broadcast

ifinfomsg link_message(int index) {
  ifinfomsg link{};
  link.ifi_family = AF_UNSPEC;
  link.ifi_index = index;
  return link;
}

}  // namespace

Status make_veth_pair(const Netlink& here, const std::string& name, const NetworkNamespace& there) {
  NetlinkRequest request(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, link_message(0));
  request.add_text(IFLA_IFNAME, name).nest(IFLA_LINKINFO, [&](NetlinkRequest& kind) {
    kind.add_text(IFLA_INFO_KIND, "veth").nest(IFLA_INFO_DATA, [&](NetlinkRequest& data) {
      data.nest(VETH_INFO_PEER, link_message(0), [&](NetlinkRequest& peer) {
        peer.add_text(IFLA_IFNAME, name).add<int32_t>(IFLA_NET_NS_FD, there.handle());
      });
    });
  });
  return here.ask(std::move(request), "RTM_NEWLINK veth");
}

Result<int> interface_index(const Netlink& netlink, const std::string& name) {
  NetlinkRequest request(RTM_GETLINK, 0, link_message(0));
  request.add_text(IFLA_IFNAME, name);
  const Result<std::vector<NetlinkMessage>> answer = netlink.get(std::move(request), "RTM_GETLINK");
  if (!answer.ok()) return answer.error();
  if (answer->empty()) return system_error("RTM_GETLINK", ENODEV, name);
  return answer->front().head<ifinfomsg>().ifi_index;
}

Status bring_up(const Netlink& netlink, int index, in_addr address, uint32_t mtu) {
  ifaddrmsg entry{};
  entry.ifa_family = AF_INET;
  entry.ifa_prefixlen = kPrefixOfTwo;
  entry.ifa_index = static_cast<uint32_t>(index);
  NetlinkRequest addressed(RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL, entry);
  addressed.add(IFA_LOCAL, address).add(IFA_ADDRESS, address);
  if (Status status = netlink.ask(std::move(addressed), "RTM_NEWADDR"); !status.ok()) return status;

  ifinfomsg up = link_message(index);
  up.ifi_flags = IFF_UP;
  up.ifi_change = IFF_UP;
  NetlinkRequest request(RTM_NEWLINK, 0, up);
  if (mtu > 0) request.add(IFLA_MTU, mtu);
  return netlink.ask(std::move(request), "RTM_NEWLINK");
}

Result<LinkState> link_state(const Netlink& netlink, int index) {
  const Result<std::vector<NetlinkMessage>> answer =
      netlink.get(NetlinkRequest(RTM_GETLINK, 0, link_message(index)), "RTM_GETLINK");
  if (!answer.ok()) return answer.error();
  if (answer->empty()) return system_error("RTM_GETLINK", ENODEV);
  const Attributes attributes = answer->front().attributes<ifinfomsg>();
  const auto counters = attributes.get<rtnl_link_stats64>(IFLA_STATS64);
  return LinkState{attributes.get<uint32_t>(IFLA_MTU), attributes.get<uint8_t>(IFLA_OPERSTATE) == IF_OPER_UP,
                   counters.tx_bytes, counters.rx_bytes};
}

}  // namespace zcl
