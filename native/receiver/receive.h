#pragma once

#include <atomic>
#include <cstdint>
#include <optional>

#include "core/interrupt.h"
#include "core/mapping.h"
#include "core/result.h"
#include "measure/thread_cost.h"
#include "verify/digest.h"

namespace zcl {

struct ReceiveOptions {
  uint64_t expected_bytes;
  uint64_t buffer_bytes;
  std::optional<DigestShape> shape;  ///< hash what comes in; then the times mean nothing
};

struct Received {
  uint64_t bytes;       ///< all that came, also beyond what was expected
  int64_t complete_ns;  ///< CLOCK_MONOTONIC when the expected bytes were there, or the stream ended before
  ThreadCost cost;      ///< of the calling thread until then
  std::optional<Digest> digest;
};

/// Takes a stream from `socket` until it ends, and keeps `progress` up to date. To be called on a thread that
/// `interrupt` reaches; CANCELLED when it does.
Result<Received> receive(int socket, const ReceiveOptions& options, const Mapping& buffer, const Interrupt& interrupt,
                         std::atomic<uint64_t>& progress);

}  // namespace zcl
