#include "receiver/receive.h"

#include <sys/socket.h>

#include <cerrno>

namespace zcl {

Result<Received> receive(int socket, const ReceiveOptions& options, const Mapping& buffer, const Interrupt& interrupt,
                         std::atomic<uint64_t>& progress) {
  CallCounter calls;
  uint64_t& recvs = calls["recv"];
  std::optional<Digester> digester;
  if (options.shape) digester.emplace(*options.shape);

  ThreadMeter meter;
  ThreadCost cost;
  uint64_t total = 0;
  bool complete = false;
  const auto complete_now = [&] {
    meter.stop();
    cost = meter.cost(calls);
    complete = true;
  };

  meter.start();
  for (;;) {
    if (interrupt.requested()) return cancelled("recv");
    ++recvs;
    const ssize_t got = recv(socket, buffer.data(), buffer.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_error("recv", errno);
    if (got == 0) break;
    total += static_cast<uint64_t>(got);
    progress.store(total, std::memory_order_relaxed);
    // The window ends here; what may still come is extra, and is counted so that it is noticed.
    if (!complete && total >= options.expected_bytes) complete_now();
    if (digester) digester->update(buffer.data(), static_cast<size_t>(got));
  }
  if (!complete) complete_now();

  std::optional<Digest> digest;
  if (digester) digest = digester->finish();
  return Received{total, meter.stopped_ns(), std::move(cost), std::move(digest)};
}

}  // namespace zcl
