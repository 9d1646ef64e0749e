#include "laboratory/laboratory.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <set>

#include "host/ethtool.h"
#include "laboratory/shaping.h"
#include "laboratory/veth.h"
#include "measure/clock.h"

namespace zcl {
namespace {

constexpr char kInterface[] = "lab0";

// TEST-NET-1 (RFC 5737): nobody's, and nothing outside of the two namespaces ever sees it.
constexpr uint32_t kSenderAddress = 0xC0000201;    // 192.0.2.1
constexpr uint32_t kReceiverAddress = 0xC0000202;  // 192.0.2.2

constexpr int64_t kCarrierPatienceNs = 2'000'000'000;
constexpr int kCarrierLookMs = 1;

in_addr address_of(uint32_t address) {
  return {htonl(address)};
}

bool starts_with(const std::string& text, const char* beginning) {
  return text.rfind(beginning, 0) == 0;
}

/// Which of the switches a feature belongs to, as with ethtool(8): `tso` are all that segment TCP, `tx` all checksums.
std::optional<bool> wished(const std::string& feature, const LaboratorySettings& settings) {
  if (starts_with(feature, "tx-scatter-gather")) return settings.scatter_gather;
  if (starts_with(feature, "tx-tcp")) return settings.tso;
  if (feature == "tx-generic-segmentation") return settings.gso;
  if (starts_with(feature, "tx-checksum-")) return settings.tx_checksum;
  return {};
}

}  // namespace

Result<std::shared_ptr<const Laboratory>> Laboratory::make(const LaboratorySettings& settings,
                                                           const Interrupt& interrupt) {
  Result<End> sender = make_end();
  if (!sender.ok()) return std::move(sender).error();
  Result<End> receiver = make_end();
  if (!receiver.ok()) return std::move(receiver).error();
  std::shared_ptr<Laboratory> laboratory(new Laboratory(std::move(*sender), std::move(*receiver)));
  if (Status status = laboratory->join(settings); !status.ok()) return std::move(status).error();
  if (Status status = laboratory->set(settings); !status.ok()) return std::move(status).error();
  for (const End* end : {&laboratory->sender_, &laboratory->receiver_}) {
    if (Status status = await_carrier(*end, interrupt); !status.ok()) return std::move(status).error();
  }
  return std::shared_ptr<const Laboratory>(std::move(laboratory));
}

Result<Laboratory::End> Laboratory::make_end() {
  Result<NetworkNamespace> space = NetworkNamespace::make();
  if (!space.ok()) return std::move(space).error();
  Result<UniqueFd> netlink = space->open_socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
  if (!netlink.ok()) return std::move(netlink).error();
  Result<UniqueFd> inet = space->open_socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC);
  if (!inet.ok()) return std::move(inet).error();
  return End{std::move(*space), Netlink(std::move(*netlink)), std::move(*inet), 0};
}

Status Laboratory::join(const LaboratorySettings& settings) {
  Status made = make_veth_pair(sender_.netlink, kInterface, receiver_.space);
  if (!made.ok()) return made;
  for (End* end : {&receiver_, &sender_}) {
    const Result<int> index = interface_index(end->netlink, kInterface);
    if (!index.ok()) return index.error();
    end->index = *index;
    const in_addr address = address_of(end == &sender_ ? kSenderAddress : kReceiverAddress);
    Status up = bring_up(end->netlink, end->index, address, settings.mtu.value_or(0));
    if (!up.ok()) return up;
  }
  return {};
}

Status Laboratory::set(const LaboratorySettings& settings) {
  Ethtool ethtool(sender_.inet.get(), kInterface);
  const Result<std::vector<std::string>> features = ethtool.names();
  if (!features.ok()) return features.error();
  std::set<std::string> on;
  std::set<std::string> off;
  for (const std::string& feature : *features) {
    const std::optional<bool> wish = wished(feature, settings);
    if (wish) (*wish ? on : off).insert(feature);
  }
  if (Status status = ethtool.wish(on, off); !status.ok()) return status;
  return shape(sender_.netlink, sender_.index, settings);
}

// A veth gets its queue by a work item of the kernel's (net/core/link_watch.c). Before that it drops what is sent, and
// TCP would try again after a second.
Status Laboratory::await_carrier(const End& end, const Interrupt& interrupt) {
  const int64_t end_ns = now_ns() + kCarrierPatienceNs;
  for (;;) {
    const Result<LinkState> state = link_state(end.netlink, end.index);
    if (!state.ok()) return state.error();
    if (state->carries) return {};
    if (interrupt.requested()) return cancelled("RTM_GETLINK");
    if (now_ns() > end_ns) return system_error("RTM_GETLINK", ENETDOWN, kInterface);
    poll(nullptr, 0, kCarrierLookMs);
  }
}

Result<LaboratoryReading> Laboratory::read() const {
  const Result<LinkState> state = link_state(sender_.netlink, sender_.index);
  if (!state.ok()) return state.error();
  const Result<InterfaceFeatures> features = interface_features(sender_.inet.get(), kInterface);
  if (!features.ok()) return features.error();
  const Result<Shape> shape = shape_of(sender_.netlink, sender_.index);
  if (!shape.ok()) return shape.error();
  return LaboratoryReading{kInterface,      state->mtu,  *features,         shape->bytes_per_second,
                           shape->delay_us, shape->loss, state->sent_bytes, state->received_bytes};
}

Meeting Laboratory::meeting() const {
  return {address_of(kReceiverAddress), &sender_.space, &receiver_.space};
}

}  // namespace zcl
