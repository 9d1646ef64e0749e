#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "exchange/exchange.h"
#include "exchange/peer.h"
#include "measured_run.h"

namespace zcl {

enum class PeerKind { kThread, kProcess };

/// One exchange, as asked for.
struct ExchangeRequest {
  std::string mode;
  uint64_t bytes = 0;
  uint64_t seed = 0;
  uint64_t buffer_bytes = 0;
  PeerKind peer = PeerKind::kThread;
  ModeOptions options{};
  SenderOptions sender{};
  std::optional<uint32_t> consumer_cpu;
  bool verify = false;
};

/// A transfer from a producer to a consumer. The thread that executes it is the producer.
class ExchangeRun final : public MeasuredRun {
 public:
  explicit ExchangeRun(ExchangeRequest request) : request_(std::move(request)) {}

  /// Bytes the consumer has read.
  uint64_t bytes_so_far() const override;

 private:
  Result<Measurement> perform() override;
  void close() override;
  Result<Measurement> exchange(Producer& producer, const ExchangeJob& job, int64_t begun_ns);
  Result<Measurement> conclude(const ExchangeJob& job, Measurement measurement, const Consumed& consumed);
  Result<std::unique_ptr<Peer>> start_peer(Ends ends);
  Status lay_out(uint64_t buffer_bytes, uint64_t buffers);

  const ExchangeRequest request_;

  mutable std::mutex mutex_;  // guards what bytes_so_far looks at
  std::optional<Control> control_;
  uint64_t final_bytes_ = 0;
};

/// Ids of the ways to hand bytes over that are compiled in, sorted.
std::vector<std::string> exchange_ids();

}  // namespace zcl
