#pragma once

#include <linux/perf_event.h>

#include <cstddef>
#include <functional>
#include <vector>

#include "core/mapping.h"
#include "core/result.h"
#include "core/unique_fd.h"

namespace zcl {

/// An event and the ring in which the kernel leaves its records, oldest first. A record that finds the ring full is
/// dropped, and counted in the next PERF_RECORD_LOST.
class EventRing {
 public:
  /// @param bytes of the ring, a power of two of pages; halved until the user's allowance of locked memory
  /// (kernel.perf_event_mlock_kb, RLIMIT_MEMLOCK) lets it be. EPERM where not even a small one is to be had.
  static Result<EventRing> map(UniqueFd event, size_t bytes);

  /// Hands over every record there is by now, each whole and aligned, and makes its room free again.
  void drain(const std::function<void(const perf_event_header&)>& take);

 private:
  EventRing(UniqueFd event, Mapping pages, size_t control_bytes)
      : event_(std::move(event)), pages_(std::move(pages)), control_bytes_(control_bytes) {}

  const std::byte* data() const { return pages_.data() + control_bytes_; }
  size_t bytes() const { return pages_.size() - control_bytes_; }

  UniqueFd event_;
  Mapping pages_;  // struct perf_event_mmap_page in a page of its own, then the ring
  size_t control_bytes_;
  std::vector<uint64_t> straightened_;  // a record that goes round the end of the ring
};

}  // namespace zcl
