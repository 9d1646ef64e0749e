#include "measure/latency.h"

#include <algorithm>

namespace zcl {

// The inverse of bucket_of: the largest value that falls into the bucket.
int64_t Latency::upper_end(size_t bucket) {
  if (bucket < 2 * kParts) return static_cast<int64_t>(bucket);
  const size_t shift = bucket / kParts - 1;
  const uint64_t first = (bucket - shift * kParts) << shift;
  return static_cast<int64_t>(first + (uint64_t{1} << shift) - 1);
}

int64_t Latency::quantile_ns(uint32_t permille) const {
  const uint64_t rank = std::max<uint64_t>((count_ * permille + 999) / 1000, 1);
  uint64_t seen = 0;
  for (size_t bucket = 0; bucket < kBuckets; ++bucket) {
    seen += buckets_[bucket];
    if (seen >= rank) return std::min(upper_end(bucket), max_ns_);
  }
  return 0;
}

}  // namespace zcl
