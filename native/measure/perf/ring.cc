#include "measure/perf/ring.h"

#include <unistd.h>

#include <algorithm>
#include <cstring>

namespace zcl {
namespace {

constexpr size_t kSmallestRing = size_t{64} << 10;

}  // namespace

Result<EventRing> EventRing::map(UniqueFd event, size_t bytes) {
  const auto page_bytes = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  for (;; bytes /= 2) {
    Result<Mapping> pages = Mapping::shared(event.get(), page_bytes + bytes);
    if (pages.ok()) return EventRing(std::move(event), std::move(*pages), page_bytes);
    if (pages.error().code != "EPERM" || bytes <= std::max(kSmallestRing, page_bytes)) return std::move(pages).error();
  }
}

void EventRing::drain(const std::function<void(const perf_event_header&)>& take) {
  auto* control = reinterpret_cast<perf_event_mmap_page*>(pages_.data());
  // The order that perf_event_open(2) asks for: what lies before the head is read after the head, and the tail is moved
  // after that.
  const uint64_t head = __atomic_load_n(&control->data_head, __ATOMIC_ACQUIRE);
  uint64_t tail = control->data_tail;
  while (tail < head) {
    const size_t at = tail & (bytes() - 1);
    // Records are whole multiples of 8 bytes, so a header is never torn.
    const auto* record = reinterpret_cast<const perf_event_header*>(data() + at);
    const size_t size = record->size;
    if (const size_t until_end = bytes() - at; size > until_end) {
      straightened_.resize((size + sizeof(uint64_t) - 1) / sizeof(uint64_t));
      auto* whole = reinterpret_cast<std::byte*>(straightened_.data());
      std::memcpy(whole, record, until_end);
      std::memcpy(whole + until_end, data(), size - until_end);
      record = reinterpret_cast<const perf_event_header*>(whole);
    }
    take(*record);
    tail += size;
  }
  __atomic_store_n(&control->data_tail, tail, __ATOMIC_RELEASE);
}

}  // namespace zcl
