#include "laboratory/shaping.h"

#include <linux/if_ether.h>
#include <linux/pkt_sched.h>

#include <algorithm>
#include <cmath>

namespace zcl {
namespace {

constexpr uint32_t kNetem = TC_H_MAKE(1U << 16, 0);
constexpr uint32_t kTbf = TC_H_MAKE(2U << 16, 0);
constexpr uint32_t kWithinNetem = TC_H_MAKE(1U << 16, 1);

/// The largest packet TCP hands down, with its headers; a smaller bucket would have them all cut (sch_tbf.c).
constexpr uint64_t kLeastBurst = 128 << 10;
/// The bucket fills at the ticks of the clock: 4 ms is the longest tick there is (HZ=250), and 10 ms with HZ=100.
constexpr uint64_t kBurstsPerSecond = 100;
/// Bytes that may wait: the window of a fast sender. What is beyond would be dropped, and that is for `loss`.
constexpr uint32_t kMostWaitingBytes = 64 << 20;
constexpr uint32_t kMostWaitingPackets = 1'000'000;

constexpr uint64_t kNsPerUs = 1000;

tcmsg discipline(int index, uint32_t parent, uint32_t handle) {
  tcmsg message{};
  message.tcm_ifindex = index;
  message.tcm_parent = parent;
  message.tcm_handle = handle;
  return message;
}

Status put_netem(const Netlink& netlink, int index, const LaboratorySettings& settings) {
  tc_netem_qopt options{};
  options.limit = kMostWaitingPackets;
  options.loss = static_cast<uint32_t>(std::llround(settings.loss.value_or(0) * UINT32_MAX));
  NetlinkRequest request(RTM_NEWQDISC, NLM_F_CREATE | NLM_F_EXCL, discipline(index, TC_H_ROOT, kNetem));
  request.add_text(TCA_KIND, "netem").nest(TCA_OPTIONS, options, [&](NetlinkRequest& inner) {
    inner.add<int64_t>(TCA_NETEM_LATENCY64, static_cast<int64_t>(settings.delay_us.value_or(0) * kNsPerUs));
  });
  return netlink.ask(std::move(request), "RTM_NEWQDISC netem");
}

// With the link layer named, the kernel computes how long a packet takes and needs no table of it (sch_api.c:
// psched_ratecfg_precompute).
Status put_tbf(const Netlink& netlink, int index, uint64_t bytes_per_second, uint32_t parent) {
  const uint64_t burst = std::max(kLeastBurst, bytes_per_second / kBurstsPerSecond);
  tc_tbf_qopt options{};
  options.rate.linklayer = TC_LINKLAYER_ETHERNET;
  options.rate.rate = static_cast<uint32_t>(std::min<uint64_t>(bytes_per_second, UINT32_MAX));
  options.limit = kMostWaitingBytes;
  NetlinkRequest request(RTM_NEWQDISC, NLM_F_CREATE | NLM_F_EXCL, discipline(index, parent, kTbf));
  request.add_text(TCA_KIND, "tbf").nest(TCA_OPTIONS, [&](NetlinkRequest& inner) {
    inner.add(TCA_TBF_PARMS, options).add(TCA_TBF_BURST, static_cast<uint32_t>(std::min<uint64_t>(burst, UINT32_MAX)));
    if (bytes_per_second > UINT32_MAX) inner.add(TCA_TBF_RATE64, bytes_per_second);
  });
  return netlink.ask(std::move(request), "RTM_NEWQDISC tbf");
}

void read_tbf(const Attributes& options, Shape& shape) {
  const auto wide = options.get<uint64_t>(TCA_TBF_RATE64);
  shape.bytes_per_second = wide > 0 ? wide : options.get<tc_tbf_qopt>(TCA_TBF_PARMS).rate.rate;
}

void read_netem(const Attributes& message, Shape& shape) {
  const auto options = message.get<tc_netem_qopt>(TCA_OPTIONS);
  const Attributes nested = message.within(TCA_OPTIONS, NLA_ALIGN(sizeof options));
  shape.delay_us = static_cast<uint32_t>(nested.get<int64_t>(TCA_NETEM_LATENCY64) / static_cast<int64_t>(kNsPerUs));
  shape.loss = static_cast<double>(options.loss) / UINT32_MAX;
}

}  // namespace

Status shape(const Netlink& netlink, int index, const LaboratorySettings& settings) {
  const bool netem = settings.delay_us || settings.loss;
  if (netem) {
    if (Status status = put_netem(netlink, index, settings); !status.ok()) return status;
  }
  if (!settings.bytes_per_second) return {};
  return put_tbf(netlink, index, *settings.bytes_per_second, netem ? kWithinNetem : uint32_t{TC_H_ROOT});
}

Result<Shape> shape_of(const Netlink& netlink, int index) {
  const Result<std::vector<NetlinkMessage>> answer =
      netlink.get(NetlinkRequest(RTM_GETQDISC, NLM_F_DUMP, discipline(index, 0, 0)), "RTM_GETQDISC");
  if (!answer.ok()) return answer.error();
  Shape shape;
  for (const NetlinkMessage& message : *answer) {
    if (message.head<tcmsg>().tcm_ifindex != index) continue;
    const Attributes attributes = message.attributes<tcmsg>();
    const std::string kind = attributes.text(TCA_KIND);
    if (kind == "tbf") read_tbf(attributes.within(TCA_OPTIONS), shape);
    if (kind == "netem") read_netem(attributes, shape);
  }
  return shape;
}

}  // namespace zcl
