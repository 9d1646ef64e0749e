#include "measure/calibration/cache_sizes.h"

#include <unistd.h>

#include <fstream>
#include <string>

namespace zcl {
namespace {

constexpr int kMostIndexes = 8;

std::string first_word(const std::string& path) {
  std::string word;
  std::ifstream(path) >> word;
  return word;
}

/// "512K" or "32768K" or "1M"; 0 for anything else.
size_t parse_size(const std::string& text) {
  size_t bytes = 0;
  size_t at = 0;
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) bytes = bytes * 10 + (text[at] - '0');
  if (at == text.size()) return bytes;
  return text[at] == 'K' ? bytes << 10 : text[at] == 'M' ? bytes << 20 : 0;
}

void prefer(size_t& size, size_t found) {
  if (found > 0) size = found;
}

void prefer(size_t& size, int name) {
  const long found = sysconf(name);
  if (found > 0) size = static_cast<size_t>(found);
}

}  // namespace

CacheSizes cache_sizes() {
  CacheSizes sizes;
  prefer(sizes.l1, _SC_LEVEL1_DCACHE_SIZE);
  prefer(sizes.l2, _SC_LEVEL2_CACHE_SIZE);
  prefer(sizes.l3, _SC_LEVEL3_CACHE_SIZE);
  for (int index = 0; index < kMostIndexes; ++index) {
    const std::string cache = "/sys/devices/system/cpu/cpu0/cache/index" + std::to_string(index);
    const std::string level = first_word(cache + "/level");
    const size_t size = parse_size(first_word(cache + "/size"));
    if (level == "1" && first_word(cache + "/type") == "Data") prefer(sizes.l1, size);
    if (level == "2") prefer(sizes.l2, size);
    if (level == "3") prefer(sizes.l3, size);
  }
  return sizes;
}

}  // namespace zcl
