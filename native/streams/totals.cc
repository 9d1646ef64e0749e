#include "streams/totals.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace zcl {
namespace {

/// What is said of each stream and adds up. Everything else holds for all: a size, a setting, the whole host.
constexpr std::array kSums = {
    "bufferedTailBytes", "receiverMappedBytes",    "receiverCopiedBytes",
    "tcpRetransmits",    "receiverTcpRetransmits", "tcpDeliveryBytesPerSecond",
};

bool adds_up(const char* name) {
  return std::any_of(kSums.begin(), kSums.end(), [&](const char* each) { return std::strcmp(each, name) == 0; });
}

void add(const std::vector<Observation>& some, std::vector<Observation>& all) {
  for (const Observation& each : some) {
    const auto known = std::find_if(all.begin(), all.end(),
                                    [&](const Observation& other) { return std::strcmp(other.name, each.name) == 0; });
    if (known == all.end()) {
      all.push_back(each);
    } else {
      known->value = adds_up(each.name) ? known->value + each.value : std::max(known->value, each.value);
    }
  }
}

void add(const std::optional<ZerocopyCount>& some, std::optional<ZerocopyCount>& all) {
  if (!some) return;
  if (!all) all.emplace();
  all->sent += some->sent;
  all->completed += some->completed;
  all->copied += some->copied;
}

void add(const std::optional<ThreadCost>& some, std::optional<ThreadCost>& all) {
  if (!some) return;
  if (!all) all.emplace();
  all->add(*some);
}

void add(const std::optional<uint64_t>& some, std::optional<uint64_t>& all) {
  if (some) all = all.value_or(0) + *some;
}

int64_t started_ns(const Lanes& lanes) {
  int64_t earliest = lanes.front()->sent().meter.started_ns();
  for (const auto& lane : lanes) earliest = std::min(earliest, lane->sent().meter.started_ns());
  return earliest;
}

}  // namespace

Measurement measurement_of(const Lanes& lanes, int64_t begun_ns) {
  const int64_t start_ns = started_ns(lanes);
  Measurement all{};
  all.setup_ns = start_ns - begun_ns;
  all.started_ns = start_ns;
  std::vector<StreamFacts> streams;
  for (const auto& lane : lanes) {
    const Sent& sent = lane->sent();
    const Arrival& arrival = lane->arrival();
    const int64_t complete_ns = lane->complete_ns().value_or(start_ns);
    const int64_t sent_ns = sent.meter.stopped_ns();
    all.bytes += arrival.bytes;
    all.sender_done_ns = std::max(all.sender_done_ns, sent_ns - start_ns);
    all.wall_ns = std::max({all.wall_ns, sent_ns - start_ns, complete_ns - start_ns});
    all.sender.add(sent.cost);
    add(arrival.receiver, all.receiver);
    add(lane->mode().zerocopy(), all.zerocopy);
    add(lane->mode().observations(), all.observations);
    add(arrival.observations, all.observations);
    add(sent.traced_calls, all.traced_calls);
    streams.push_back({arrival.bytes, complete_ns - start_ns, arrival.tcp});
  }
  if (lanes.front()->arrival().complete_ns) all.streams = std::move(streams);
  return all;
}

Verification verification_of(const Lanes& lanes) {
  Verification all = *lanes.front()->verification();
  if (lanes.size() == 1) return all;
  all.verdict = {Fate::kIntact, 0, all.verdict.block_bytes, 0, 0, 0};
  std::vector<uint64_t> hashes;
  for (const auto& lane : lanes) {
    const Verdict& one = lane->verification()->verdict;
    hashes.push_back(one.hash);
    all.verdict.sent_bytes += one.sent_bytes;
    all.verdict.arrived_bytes += one.arrived_bytes;
    if (one.fate == Fate::kIntact || all.verdict.fate != Fate::kIntact) continue;
    all.verdict.fate = one.fate;
    all.verdict.at_byte = lane->range().begin + one.at_byte;
    all.verdict.block_bytes = one.block_bytes;
  }
  Digester digester(digest_shape(hashes.size() * sizeof(uint64_t), 1));
  digester.update(reinterpret_cast<const std::byte*>(hashes.data()), hashes.size() * sizeof(uint64_t));
  all.verdict.hash = digester.finish().whole;
  return all;
}

}  // namespace zcl
