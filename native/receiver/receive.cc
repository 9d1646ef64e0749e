#include "receiver/receive.h"

namespace zcl {

Result<Received> receive(int socket, Taker& taker, uint64_t expected_bytes, std::atomic<uint64_t>& progress,
                         const std::function<void()>& on_complete) {
  ThreadMeter meter;
  std::optional<ThreadCost> cost;
  const auto complete_now = [&] {
    meter.stop();
    cost = meter.cost(taker.calls());
  };

  uint64_t total = 0;
  meter.start();
  for (;;) {
    const Result<uint64_t> took = taker.take(socket);
    if (!took.ok()) return took.error();
    if (*took == 0) break;
    total += *took;
    progress.store(total, std::memory_order_relaxed);
    // The window ends here; what may still come is extra, and is counted so that it is noticed.
    if (!cost && total >= expected_bytes) {
      complete_now();
      if (on_complete) on_complete();
    }
  }
  if (!cost) complete_now();
  return Received{total, meter.stopped_ns(), std::move(*cost), taker.digest(), taker.observations()};
}

}  // namespace zcl
