#include "host/interface.h"

#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <set>
#include <vector>

#include "core/unique_fd.h"

namespace zcl {
namespace {

constexpr uint32_t kBitsPerBlock = 32;

/// SIOCETHTOOL for one interface. The requests end in arrays of a length the kernel tells first.
class Ethtool {
 public:
  Ethtool(int socket, const std::string& name) : socket_(socket) { name.copy(request_.ifr_name, IFNAMSIZ - 1); }

  Status ask(void* command) {
    request_.ifr_data = static_cast<char*>(command);
    if (ioctl(socket_, SIOCETHTOOL, &request_) == 0) return {};
    return system_error("SIOCETHTOOL", errno, request_.ifr_name);
  }

 private:
  const int socket_;  // borrowed
  ifreq request_{};
};

/// Room for a structure and what follows it, aligned for its integers.
template <class Head>
class Command {
 public:
  Command(uint32_t command, size_t bytes_behind)
      : room_((sizeof(Head) + bytes_behind + sizeof(uint64_t) - 1) / sizeof(uint64_t)) {
    head()->cmd = command;
  }
  Head* head() { return reinterpret_cast<Head*>(room_.data()); }
  const char* behind() { return reinterpret_cast<const char*>(room_.data()) + sizeof(Head); }

 private:
  std::vector<uint64_t> room_;
};

/// The names of all features this kernel knows; the place of a name is the number of its bit.
Result<std::vector<std::string>> feature_names(Ethtool& ethtool) {
  Command<ethtool_sset_info> set(ETHTOOL_GSSET_INFO, sizeof(uint32_t));
  set.head()->sset_mask = uint64_t{1} << ETH_SS_FEATURES;
  if (Status status = ethtool.ask(set.head()); !status.ok()) return std::move(status).error();
  uint32_t count = 0;
  std::memcpy(&count, set.behind(), sizeof count);

  Command<ethtool_gstrings> strings(ETHTOOL_GSTRINGS, size_t{count} * ETH_GSTRING_LEN);
  strings.head()->string_set = ETH_SS_FEATURES;
  strings.head()->len = count;
  if (Status status = ethtool.ask(strings.head()); !status.ok()) return std::move(status).error();
  std::vector<std::string> names;
  for (uint32_t i = 0; i < count; ++i) {
    const char* name = strings.behind() + size_t{i} * ETH_GSTRING_LEN;
    names.emplace_back(name, strnlen(name, ETH_GSTRING_LEN));
  }
  return names;
}

/// The names of the features that are on.
Result<std::set<std::string>> active_features(Ethtool& ethtool) {
  const Result<std::vector<std::string>> names = feature_names(ethtool);
  if (!names.ok()) return names.error();
  const size_t blocks = (names->size() + kBitsPerBlock - 1) / kBitsPerBlock;
  Command<ethtool_gfeatures> features(ETHTOOL_GFEATURES, blocks * sizeof(ethtool_get_features_block));
  features.head()->size = static_cast<uint32_t>(blocks);
  if (Status status = ethtool.ask(features.head()); !status.ok()) return std::move(status).error();
  std::set<std::string> active;
  for (size_t bit = 0; bit < names->size(); ++bit) {
    ethtool_get_features_block block;
    std::memcpy(&block, features.behind() + bit / kBitsPerBlock * sizeof block, sizeof block);
    if ((block.active >> (bit % kBitsPerBlock) & 1) != 0) active.insert((*names)[bit]);
  }
  return active;
}

}  // namespace

// By the names of the single features, not by the old ETHTOOL_GSG: that one says yes to fragment lists alone as well
// (net/ethtool/ioctl.c: ethtool_get_feature_mask), with which the pages of a file would still be copied.
Result<InterfaceFeatures> interface_features(const std::string& name) {
  if (name.empty() || name.size() >= IFNAMSIZ) return system_error("SIOCETHTOOL", ENODEV, name);
  const UniqueFd socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  if (!socket) return system_error("socket", errno);
  Ethtool ethtool(socket.get(), name);
  const Result<std::set<std::string>> active = active_features(ethtool);
  if (!active.ok()) return active.error();
  const auto is_on = [&active](const char* feature) { return active->count(feature) > 0; };
  return InterfaceFeatures{is_on("tx-scatter-gather"), is_on("tx-tcp-segmentation"), is_on("tx-generic-segmentation"),
                           is_on("tx-checksum-ipv4") || is_on("tx-checksum-ip-generic")};
}

}  // namespace zcl
