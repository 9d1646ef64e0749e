// shared-memory: both sides map the same file in memory, and the consumer reads where the producer wrote. No copy at
// all, and no system call but to wait for each other.

#include <algorithm>

#include "exchange/exchange.h"

namespace zcl {
namespace {

class SharedMemoryProducer final : public Producer {
 public:
  SharedMemoryProducer() : Producer(Ring::Kind::kFile, Reuse::kWhenConsumed) {}

 private:
  Result<Ends> open(const ExchangeJob&) override {
    Result<UniqueFd> file = ring_.share();
    if (!file.ok()) return std::move(file).error();
    return only(std::move(*file));
  }

  Status hand_over(const ExchangeJob& job, const Chunk& chunk) override {
    announce(job, chunk);
    return {};
  }
};

class SharedMemoryConsumer final : public Consumer {
 public:
  Status prepare(const Orders& orders, Ends ends) override {
    Result<Ring> ring = Ring::view(std::move(ends.front()), orders.buffer_bytes, orders.buffers);
    if (!ring.ok()) return std::move(ring).error();
    ring_ = std::move(*ring);
    buffer_bytes_ = orders.buffer_bytes;
    return {};
  }

  Status consume(Intake& intake) override {
    for (uint64_t at = 0; at < intake.expected();) {
      const size_t bytes = std::min(intake.expected() - at, buffer_bytes_);
      if (Status status = intake.await_produced(at + bytes); !status.ok()) return status;
      intake.take(ring_.data() + ring_.offset_of(at), bytes);
      at += bytes;
    }
    return {};
  }

 private:
  Ring ring_;
  uint64_t buffer_bytes_ = 0;
};

const RegisterExchange<SharedMemoryProducer, SharedMemoryConsumer> kEntry("shared-memory");

}  // namespace
}  // namespace zcl
