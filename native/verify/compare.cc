#include "verify/compare.h"

#include <algorithm>

namespace zcl {
namespace {

/// Two digests of the same shape, and the source to look into once more.
class Comparison {
 public:
  Comparison(const Content& source, const DigestShape& shape, const Digest& sent, const Digest& arrived)
      : source_(source), block_bytes_(shape.block_bytes), sent_(sent), arrived_(arrived) {
    first_bad_ = static_cast<size_t>(
        std::mismatch(sent.blocks.begin(), sent.blocks.end(), arrived.blocks.begin(), arrived.blocks.end()).first -
        sent.blocks.begin());
  }

  Result<Verdict> verdict() {
    if (arrived_.bytes > sent_.bytes) return conclude(Fate::kExtra, std::min(bad_byte(), sent_.bytes));
    if (arrived_.bytes < sent_.bytes) return fewer();
    if (first_bad_ == sent_.blocks.size() && sent_.whole == arrived_.whole) return conclude(Fate::kIntact, 0);
    return conclude(same_parts() ? Fate::kReordered : Fate::kCorrupt, bad_byte());
  }

 private:
  Verdict conclude(Fate fate, uint64_t at_byte) const {
    return {fate, at_byte, block_bytes_, sent_.bytes, arrived_.bytes, arrived_.whole};
  }

  uint64_t bad_byte() const { return first_bad_ * block_bytes_; }

  /// Blocks or units that have only changed places.
  bool same_parts() const {
    if (sent_.unit_sum == arrived_.unit_sum) return true;
    std::vector<uint64_t> left = sent_.blocks;
    std::vector<uint64_t> right = arrived_.blocks;
    std::sort(left.begin(), left.end());
    std::sort(right.begin(), right.end());
    return left == right;
  }

  Result<Verdict> fewer() {
    const uint64_t whole_blocks = arrived_.bytes / block_bytes_;
    if (first_bad_ >= whole_blocks) {
      // The last, partial block of what arrived has no partner in the list: it must be the start of one of the source.
      Result<bool> prefix = last_block_matches(0);
      if (!prefix.ok()) return std::move(prefix).error();
      if (*prefix) return conclude(Fate::kTruncated, arrived_.bytes);
    }
    Result<bool> shifted = what_follows_is_shifted();
    if (!shifted.ok()) return std::move(shifted).error();
    return conclude(*shifted ? Fate::kDropped : Fate::kCorrupt, bad_byte());
  }

  /// Bytes are gone, and behind them the rest has moved up by as many. Where nothing is left behind the block with the
  /// gap, that block is all there is to see, and a gap is what explains it.
  Result<bool> what_follows_is_shifted() const {
    if (first_bad_ + 1 >= arrived_.blocks.size()) return true;
    return last_block_matches(sent_.bytes - arrived_.bytes);
  }

  /// Whether the last block that arrived is found in the source `shift` bytes later than it should be.
  Result<bool> last_block_matches(uint64_t shift) const {
    if (arrived_.blocks.empty()) return true;
    const uint64_t start = (arrived_.blocks.size() - 1) * block_bytes_;
    const Result<uint64_t> hash = hash_range(source_, start + shift, arrived_.bytes - start);
    if (!hash.ok()) return hash.error();
    return *hash == arrived_.blocks.back();
  }

  const Content& source_;
  const uint64_t block_bytes_;
  const Digest& sent_;
  const Digest& arrived_;
  size_t first_bad_;  // index of the first block of `sent` that has no equal in `arrived`
};

}  // namespace

const char* name_of(Fate fate) {
  switch (fate) {
    case Fate::kIntact:
      return "intact";
    case Fate::kTruncated:
      return "truncated";
    case Fate::kDropped:
      return "dropped";
    case Fate::kReordered:
      return "reordered";
    case Fate::kCorrupt:
      return "corrupt";
    case Fate::kExtra:
      return "extra";
  }
  return "corrupt";
}

Result<Verdict> compare(const Content& source, const DigestShape& shape, const Digest& sent, const Digest& arrived) {
  return Comparison(source, shape, sent, arrived).verdict();
}

}  // namespace zcl
