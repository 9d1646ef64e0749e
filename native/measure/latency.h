#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace zcl {

/// Durations in buckets of log-linear width: below 64 ns each has its own, above that every doubling is divided
/// into 32. So what is read back is exact to 1/32 of its value, over the whole range, in 15 KiB; and to record is a
/// shift and an increment, without allocation. After HdrHistogram (Gil Tene, hdrhistogram.org: countsArrayIndex); fio's
/// completion latencies are kept the same way (stat.c, plat_val_to_idx).
class Latency {
 public:
  void record(int64_t ns) {
    ++buckets_[bucket_of(ns)];
    ++count_;
    if (ns > max_ns_) max_ns_ = ns;
  }

  void add(const Latency& other) {
    for (size_t i = 0; i < kBuckets; ++i) buckets_[i] += other.buckets_[i];
    count_ += other.count_;
    if (other.max_ns_ > max_ns_) max_ns_ = other.max_ns_;
  }

  uint64_t count() const { return count_; }
  int64_t max_ns() const { return max_ns_; }

  /// The duration that `permille` thousandths of them do not exceed: the upper end of its bucket, never above the
  /// longest. 0 where nothing was recorded.
  int64_t quantile_ns(uint32_t permille) const;

 private:
  static constexpr unsigned kBits = 5;  // of the 32 parts of a doubling
  static constexpr size_t kParts = size_t{1} << kBits;
  static constexpr size_t kBuckets = 2 * kParts + (62 - kBits) * kParts;  // up to 2^63 - 1

  static size_t bucket_of(int64_t ns) {
    const uint64_t value = ns > 0 ? static_cast<uint64_t>(ns) : 0;
    if (value < 2 * kParts) return value;
    const unsigned shift = 63 - static_cast<unsigned>(__builtin_clzll(value)) - kBits;
    return shift * kParts + (value >> shift);
  }

  static int64_t upper_end(size_t bucket);

  std::array<uint64_t, kBuckets> buckets_{};
  uint64_t count_ = 0;
  int64_t max_ns_ = 0;
};

}  // namespace zcl
