#include "streams/ranges.h"

#include <algorithm>

namespace zcl {

std::vector<Range> ranges_of(uint64_t bytes, uint32_t count, uint64_t unit) {
  const uint64_t units = bytes / unit + (bytes % unit != 0 ? 1 : 0);
  std::vector<Range> ranges;
  uint64_t begin = 0;
  for (uint32_t i = 0; i < count; ++i) {
    // The first `units % count` ranges have one unit more.
    const uint64_t end = std::min(bytes, begin + (units / count + (i < units % count ? 1 : 0)) * unit);
    ranges.push_back(begin < end ? Range{begin, end - begin} : Range{0, 0});
    begin = end;
  }
  return ranges;
}

}  // namespace zcl
