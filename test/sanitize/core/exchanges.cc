// Every way to hand bytes over, to a thread and to a process.

#include "exchange_run.h"
#include "sanitize/core/part.h"

namespace zcl::driver {
namespace {

constexpr uint64_t kSizes[] = {0, 1, 4 * kBufferBytes, 5 * kBufferBytes + 4097};

using Wish = void (*)(ExchangeRequest&);

constexpr Wish kWishes[] = {
    [](ExchangeRequest&) {},
    [](ExchangeRequest& request) { request.verify = true; },
    [](ExchangeRequest& request) { request.sender.latency = true; },
    [](ExchangeRequest& request) { request.sender.trace_calls = counts_calls(); },
    [](ExchangeRequest& request) { request.sender.bytes_per_second = 64 << 20; },
    [](ExchangeRequest& request) { request.sender.cpu = 0; },
    [](ExchangeRequest& request) { request.consumer_cpu = 0; },
    [](ExchangeRequest& request) { request.options.queue_depth = 1; },
    [](ExchangeRequest& request) { request.options.pipe_bytes = 4096; },
    [](ExchangeRequest& request) { request.buffer_bytes = 4096; },
};

class Exchanges {
 public:
  explicit Exchanges(const Setting& setting) : setting_(setting) {}

  void hand_over(const std::string& mode, PeerKind peer, uint64_t bytes, Wish wish) {
    ExchangeRequest request{mode, bytes, setting_.seed, kBufferBytes, peer, {}, {}, {}, false};
    wish(request);
    const bool verify = request.verify;
    ExchangeRun run(std::move(request));
    const Result<Measurement> measured = execute(run);
    if (!succeeds(mode, measured)) return;
    CHECK(measured->bytes == bytes);
    CHECK(!verify || is_intact(*measured));
    ++done_;
  }

  uint64_t done() const { return done_; }

 private:
  const Setting& setting_;
  uint64_t done_ = 0;
};

void play(const Setting& setting) {
  Exchanges exchanges(setting);
  for (const std::string& mode : exchange_ids()) {
    for (const uint64_t bytes : kSizes) {
      for (const Wish wish : kWishes) exchanges.hand_over(mode, PeerKind::kThread, bytes, wish);
    }
    // A process takes its time to start under a tool.
    for (const Wish wish : kWishes) exchanges.hand_over(mode, PeerKind::kProcess, kSizes[3], wish);
    exchanges.hand_over(mode, PeerKind::kProcess, 0, kWishes[0]);
  }
  tell(std::to_string(exchanges.done()) + " exchanges");
}

const Part kPart("exchanges", play);

}  // namespace
}  // namespace zcl::driver
