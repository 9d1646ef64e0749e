#include "zerocopy/ring_mode.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "core/counted.h"
#include "core/rounding.h"

namespace zcl {
namespace {

/// A buffer has pages to itself, so that no more of them are pinned than its bytes need.
constexpr uint64_t kPageBytes = 4096;

}  // namespace

Status RingMode::make_ring(const Job& job, int input, uint64_t buffer_bytes, uint64_t alignment) {
  if (Status status = sender_.enable(job.output); !status.ok()) return status;
  input_ = input;
  alignment_ = alignment;
  buffer_bytes_ = std::min(buffer_bytes, round_up(job.input.bytes, alignment));
  if (buffer_bytes_ == 0) return {};

  const uint64_t chunks = (job.input.bytes - 1) / buffer_bytes_ + 1;
  const uint64_t count = std::min<uint64_t>(job.options.queue_depth, chunks);
  const uint64_t place = std::max(alignment, kPageBytes);
  const uint64_t stride = round_up(buffer_bytes_, place);
  Result<Mapping> memory = map_buffer(stride * count + place - kPageBytes, calls_);
  if (!memory.ok()) return std::move(memory).error();
  memory_ = std::move(*memory);
  const auto start = reinterpret_cast<uintptr_t>(memory_.data());
  std::byte* at = memory_.data() + (round_up(start, place) - start);
  for (uint64_t i = 0; i < count; ++i) ring_.push_back({at + i * stride});
  return {};
}

Status RingMode::move(const Job& job) {
  Status status = go_round(job);
  zerocopy_ = sender_.count();
  return status;
}

// After a failure the kernel may still hold pages of these: they stay alive for it, and nobody writes to them any more.
void RingMode::finish() {
  unmap(memory_, calls_);
  ring_.clear();
}

Status RingMode::go_round(const Job& job) {
  size_t turn = 0;
  for (uint64_t moved = 0; moved < job.input.bytes;) {
    if (!job.proceed(moved)) return cancelled("read");
    Buffer& buffer = ring_[turn];
    if (Status status = await_release(job, buffer.sends); !status.ok()) return status;
    const Result<size_t> got = fill(job, buffer, job.input.bytes - moved);
    if (!got.ok()) return got.error();
    buffer.sends.first = sender_.next();
    if (Status status = sender_.send_all(job, buffer.data, *got, moved + *got); !status.ok()) return status;
    buffer.sends.end = sender_.next();
    moved += *got;
    turn = (turn + 1) % ring_.size();
  }
  return sender_.await_all(job);
}

// What comes is no more than `rest`, also from a file that has grown meanwhile.
Result<size_t> RingMode::fill(const Job& job, const Buffer& buffer, uint64_t rest) {
  for (;;) {
    const size_t wanted = std::min(buffer_bytes_, round_up(rest, alignment_));
    const ssize_t got = read_([&] { return read(input_, buffer.data, wanted); });
    if (got < 0 && errno == EINTR && !job.cancelled()) continue;
    if (got < 0) return errno == EINTR ? cancelled("read") : system_error("read", errno, job.input.path);
    const size_t bytes = std::min(static_cast<uint64_t>(got), rest);
    // Only the end of the file lies off the alignment.
    const bool at_end = bytes == 0 || bytes % alignment_ != 0;
    if (at_end && bytes < rest) return short_source("read", job.input.path);
    return bytes;
  }
}

}  // namespace zcl
