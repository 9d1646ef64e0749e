#include "zerocopy/completions.h"

#include <algorithm>
#include <iterator>

namespace zcl {

void CompletionTracker::completed(const Completion& completion) {
  // Measured from the oldest send under way, on the circle of ids: there are never 2^31 of them, so what seems to lie
  // before it does.
  const int64_t from = static_cast<int32_t>(completion.lo - static_cast<uint32_t>(oldest_));
  const int64_t to = from + static_cast<uint32_t>(completion.hi - completion.lo) + 1;
  const uint64_t first = oldest_ + static_cast<uint64_t>(std::max<int64_t>(from, 0));
  const uint64_t end = std::min(oldest_ + static_cast<uint64_t>(std::max<int64_t>(to, 0)), next_);
  if (first >= end) return;

  const uint64_t fresh = finish(first, end);
  count_.completed += fresh;
  if (completion.copied) count_.copied += fresh;
}

// Marks a range as done, joined with its neighbours; gives how many of it were not done before.
uint64_t CompletionTracker::finish(uint64_t first, uint64_t end) {
  uint64_t fresh = end - first;
  Sends joined{first, end};
  auto range = ahead_.upper_bound(first);
  if (range != ahead_.begin() && std::prev(range)->second >= first) --range;
  while (range != ahead_.end() && range->first <= end) {
    fresh -= std::min(range->second, end) - std::max(range->first, first);
    joined = {std::min(joined.first, range->first), std::max(joined.end, range->second)};
    range = ahead_.erase(range);
  }

  if (joined.first == oldest_) {
    oldest_ = joined.end;
  } else {
    ahead_.emplace(joined.first, joined.end);
  }
  return fresh;
}

bool CompletionTracker::done(const Sends& sends) const {
  if (sends.end <= oldest_ || sends.first >= sends.end) return true;
  // Ranges are apart from each other, so whatever is done beyond the oldest lies in one of them.
  const auto after = ahead_.upper_bound(sends.first);
  return after != ahead_.begin() && std::prev(after)->second >= sends.end;
}

}  // namespace zcl
