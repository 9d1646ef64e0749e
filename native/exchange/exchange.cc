#include "exchange/exchange.h"

#include <algorithm>

#include "exchange/payload.h"

namespace zcl {

Ends only(UniqueFd end) {
  Ends ends;
  ends.push_back(std::move(end));
  return ends;
}

Result<Ends> Producer::prepare(const ExchangeJob& job) {
  Result<Ring> ring = Ring::make(kind_, job.buffer_bytes, reuse_ == Reuse::kAtOnce ? 1 : job.buffers);
  if (!ring.ok()) return std::move(ring).error();
  ring_ = std::move(*ring);
  return open(job);
}

Status Producer::produce_all(const ExchangeJob& job) {
  for (uint64_t at = 0; at < job.bytes;) {
    if (job.pace != nullptr) job.pace->reached(at);
    if (job.interrupt.requested()) return cancelled("exchange");
    const size_t bytes = std::min(job.bytes - at, job.buffer_bytes);
    // The buffer's turn comes again: what it held last must have been read.
    if (reuse_ == Reuse::kWhenConsumed && at >= ring_.bytes()) {
      const uint64_t held_until = at - ring_.bytes() + job.buffer_bytes;
      if (Status status = job.control.consumed.await(held_until, job.interrupt, futex_); !status.ok()) return status;
    }
    const size_t offset = ring_.offset_of(at);
    produce(ring_.data() + offset, bytes, at, job.seed);
    if (Status status = hand_over(job, {ring_.data() + offset, bytes, at, offset}); !status.ok()) return status;
    at += bytes;
  }
  if (job.pace != nullptr) job.pace->reached(job.bytes);
  return {};
}

}  // namespace zcl
