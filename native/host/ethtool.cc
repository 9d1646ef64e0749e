#include "host/ethtool.h"

#include <linux/ethtool.h>
#include <sys/ioctl.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace zcl {
namespace {

constexpr uint32_t kBitsPerBlock = 32;

/// Room for a structure and what follows it, aligned for its integers. The requests end in arrays of a length the
/// kernel tells first.
template <class Head>
class Command {
 public:
  Command(uint32_t command, size_t bytes_behind)
      : room_((sizeof(Head) + bytes_behind + sizeof(uint64_t) - 1) / sizeof(uint64_t)) {
    head()->cmd = command;
  }
  Head* head() { return reinterpret_cast<Head*>(room_.data()); }
  char* behind() { return reinterpret_cast<char*>(room_.data()) + sizeof(Head); }

 private:
  std::vector<uint64_t> room_;
};

size_t blocks_for(size_t features) {
  return (features + kBitsPerBlock - 1) / kBitsPerBlock;
}

}  // namespace

// What is wished and not granted comes back as bits above 0 (ETHTOOL_F_WISH), and is no failure.
Status Ethtool::ask(void* command) {
  request_.ifr_data = static_cast<char*>(command);
  if (ioctl(socket_, SIOCETHTOOL, &request_) >= 0) return {};
  return system_error("SIOCETHTOOL", errno, request_.ifr_name);
}

Result<std::vector<std::string>> Ethtool::names() {
  Command<ethtool_sset_info> set(ETHTOOL_GSSET_INFO, sizeof(uint32_t));
  set.head()->sset_mask = uint64_t{1} << ETH_SS_FEATURES;
  if (Status status = ask(set.head()); !status.ok()) return std::move(status).error();
  uint32_t count = 0;
  std::memcpy(&count, set.behind(), sizeof count);

  Command<ethtool_gstrings> strings(ETHTOOL_GSTRINGS, size_t{count} * ETH_GSTRING_LEN);
  strings.head()->string_set = ETH_SS_FEATURES;
  strings.head()->len = count;
  if (Status status = ask(strings.head()); !status.ok()) return std::move(status).error();
  std::vector<std::string> names;
  for (uint32_t i = 0; i < count; ++i) {
    const char* name = strings.behind() + size_t{i} * ETH_GSTRING_LEN;
    names.emplace_back(name, strnlen(name, ETH_GSTRING_LEN));
  }
  return names;
}

Result<std::set<std::string>> Ethtool::active() {
  const Result<std::vector<std::string>> known = names();
  if (!known.ok()) return known.error();
  const size_t blocks = blocks_for(known->size());
  Command<ethtool_gfeatures> features(ETHTOOL_GFEATURES, blocks * sizeof(ethtool_get_features_block));
  features.head()->size = static_cast<uint32_t>(blocks);
  if (Status status = ask(features.head()); !status.ok()) return std::move(status).error();
  std::set<std::string> active;
  for (size_t bit = 0; bit < known->size(); ++bit) {
    ethtool_get_features_block block;
    std::memcpy(&block, features.behind() + bit / kBitsPerBlock * sizeof block, sizeof block);
    if ((block.active >> (bit % kBitsPerBlock) & 1) != 0) active.insert((*known)[bit]);
  }
  return active;
}

Status Ethtool::wish(const std::set<std::string>& on, const std::set<std::string>& off) {
  const Result<std::vector<std::string>> known = names();
  if (!known.ok()) return known.error();
  std::vector<ethtool_set_features_block> blocks(blocks_for(known->size()));
  for (size_t bit = 0; bit < known->size(); ++bit) {
    const std::string& name = (*known)[bit];
    const uint32_t mask = uint32_t{1} << (bit % kBitsPerBlock);
    ethtool_set_features_block& block = blocks[bit / kBitsPerBlock];
    if (on.count(name) + off.count(name) > 0) block.valid |= mask;
    if (on.count(name) > 0) block.requested |= mask;
  }
  Command<ethtool_sfeatures> features(ETHTOOL_SFEATURES, blocks.size() * sizeof blocks[0]);
  features.head()->size = static_cast<uint32_t>(blocks.size());
  std::memcpy(features.behind(), blocks.data(), blocks.size() * sizeof blocks[0]);
  return ask(features.head());
}

}  // namespace zcl
