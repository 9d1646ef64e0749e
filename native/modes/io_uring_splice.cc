// io-uring-splice: page references move into a pipe and out again, as with splice, but a whole chain of such moves is
// handed over in one call. The kernel gives the chain to a worker thread (io_uring/splice.c forces that), which waits
// where splice would: so the CPU time is the worker's.

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <optional>

#include "core/pipe.h"
#include "output_loop.h"
#include "transfer.h"
#include "uring/ring.h"

namespace zcl {
namespace {

class IoUringSplice final : public Mode {
 public:
  Status prepare(const Job& job) override {
    if (job.input.bytes == 0) return {};
    Result<Pipe> pipe = Pipe::of_size(job.options.pipe_bytes, job.buffer_bytes, calls_);
    if (!pipe.ok()) return std::move(pipe).error();
    pipe_ = std::move(*pipe);
    observe("pipeBytes", pipe_.bytes());
    // Measured on 6.18: with chains of 8 pairs to a socket the other way costs half as many context switches again, and
    // a third more CPU time.
    Result<std::unique_ptr<Ring>> ring =
        Ring::open(2 * (job.options.queue_depth + 1), {uring::kSplice}, calls_, Ring::Completing::kAtOnce);
    if (!ring.ok()) return std::move(ring).error();
    ring_ = std::move(*ring);
    return {};
  }

  Status move(const Job& job) override {
    filled_ = drained_ = 0;
    while (drained_ < job.input.bytes) {
      if (Status status = run_chain(job); !status.ok()) return status;
    }
    return {};
  }

  void finish() override {
    ring_.reset();
    pipe_.close(calls_);
  }

 private:
  // Position -1 is the file's own, which advances by what was really moved.
  static constexpr uint64_t kOwnPosition = UINT64_MAX;
  // What io_uring lets out where a worker's splice was interrupted (include/linux/errno.h).
  static constexpr int kRestartSys = 512;

  Status run_chain(const Job& job) {
    if (Status status = queue_chain(job); !status.ok()) return status;
    bool full = false;
    Status failure;
    while (ring_->pending() > 0) {
      if (job.cancelled()) return cancelled("splice");
      if (Status status = ring_->enter(ring_->pending()); !status.ok()) return status;
      while (const std::optional<Completion> completion = ring_->take()) {
        if (completion->result == -EAGAIN) full = true;
        if (Status status = account(job, *completion); failure.ok()) failure = std::move(status);
      }
    }
    if (!failure.ok()) return failure;
    return full ? output_.ride_out(job, "splice", EAGAIN) : Status();
  }

  // Links keep the order: a request begins when the one before it is done, and never if that one fell short. So the
  // pipe is empty whenever it is to be filled, and what a chain that broke has left in it is drained by the next one
  // first.
  Status queue_chain(const Job& job) {
    io_uring_sqe* last = nullptr;
    if (filled_ > drained_) last = &queue_drain(job, 0, filled_ - drained_, filled_);
    uint64_t at = filled_;
    for (uint32_t pair = 1; pair <= job.options.queue_depth && at < job.input.bytes; ++pair) {
      if (!job.proceed(at)) return cancelled("splice");
      const uint64_t chunk = chunk_at(job, at);
      queue_fill(job, pair, chunk);
      at += chunk;
      last = &queue_drain(job, pair, chunk, at);
    }
    if (last != nullptr) last->flags = 0;
    return {};
  }

  // A slot of the pipe holds (a part of) one page: off a page's start, the pipe is full before its bytes are.
  uint64_t chunk_at(const Job& job, uint64_t at) const {
    const uint64_t room = pipe_.bytes() - at % page_;
    return std::min({job.buffer_bytes, room, job.input.bytes - at});
  }

  // Even tags are fills, odd ones drains.
  void queue_fill(const Job& job, uint32_t pair, uint64_t bytes) {
    queue_splice(2 * pair, job.input.fd, pipe_.write_end(), bytes);
  }

  /// @param end of the chunk in the input
  io_uring_sqe& queue_drain(const Job& job, uint32_t pair, uint64_t bytes, uint64_t end) {
    io_uring_sqe& request = queue_splice(2 * pair + 1, pipe_.read_end(), job.output.fd, bytes);
    if (job.more_behind(end)) request.splice_flags = SPLICE_F_MORE;
    return request;
  }

  io_uring_sqe& queue_splice(uint32_t tag, int from, int to, uint64_t bytes) {
    io_uring_sqe& request = ring_->queue(uring::kSplice, to, tag);
    request.flags = IOSQE_IO_LINK;
    request.off = kOwnPosition;
    request.splice_fd_in = from;
    request.splice_off_in = kOwnPosition;
    request.len = static_cast<uint32_t>(bytes);
    return request;
  }

  Status account(const Job& job, const Completion& completion) {
    const bool drain = completion.tag % 2 == 1;
    const int32_t result = completion.result;
    if (result == 0 && !drain) return short_source("splice", job.input.path);
    if (result >= 0) {
      (drain ? drained_ : filled_) += static_cast<uint64_t>(result);
      return {};
    }
    const bool once_more = result == -ECANCELED || result == -EAGAIN || result == -EINTR || result == -kRestartSys;
    return once_more ? Status() : Status(system_error("splice", -result, drain ? job.output.path : job.input.path));
  }

  const uint64_t page_ = static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
  Pipe pipe_;
  std::unique_ptr<Ring> ring_;
  uint64_t filled_ = 0;   // bytes that went into the pipe
  uint64_t drained_ = 0;  // bytes that left it
  OutputLoop output_{calls_};
};

const RegisterMode<IoUringSplice> kEntry("io-uring-splice");

}  // namespace
}  // namespace zcl
