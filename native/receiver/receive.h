#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "core/result.h"
#include "measure/thread_cost.h"
#include "receiver/taker.h"
#include "verify/digest.h"

namespace zcl {

struct Received {
  uint64_t bytes;       ///< all that came, also beyond what was expected
  int64_t complete_ns;  ///< CLOCK_MONOTONIC when the expected bytes were done with, or the stream ended before
  ThreadCost cost;      ///< of the calling thread until then
  std::optional<Digest> digest;
  std::vector<Observation> observations;
};

/// Has `taker`, which is prepared, take a stream from `socket` until it ends, and keeps `progress` up to date. To be
/// called on a thread that the taker's interrupt reaches; CANCELLED when it does.
/// @param on_complete called when the expected bytes are done with, outside of what is measured
Result<Received> receive(int socket, Taker& taker, uint64_t expected_bytes, std::atomic<uint64_t>& progress,
                         const std::function<void()>& on_complete = {});

}  // namespace zcl
