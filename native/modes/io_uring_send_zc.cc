// io-uring-send-zc: reads into a ring of buffers and sends them without a copy: the kernel goes on referring to their
// pages until the far end has them. A notification tells when, and only then is a buffer read into again.

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <optional>
#include <vector>

#include "core/counted.h"
#include "core/mapping.h"
#include "output_loop.h"
#include "transfer.h"
#include "uring/ring.h"

namespace zcl {
namespace {

class IoUringSendZc final : public Mode {
 public:
  Status prepare(const Job& job) override {
    if (!zerocopy_) zerocopy_.emplace();
    if (job.input.bytes == 0) return {};
    chunk_bytes_ = std::min(job.buffer_bytes, job.input.bytes);
    const auto depth = static_cast<uint32_t>(std::min<uint64_t>(job.options.queue_depth, chunks_of(job)));
    Result<std::unique_ptr<Ring>> ring = Ring::open(depth, {uring::kRead, uring::kSendZc}, calls_);
    if (!ring.ok()) return std::move(ring).error();
    ring_ = std::move(*ring);
    if (Status status = try_out(job); !status.ok()) return status;
    Result<Mapping> memory = map_buffer(depth * chunk_bytes_, calls_);
    if (!memory.ok()) return std::move(memory).error();
    memory_ = std::move(*memory);
    buffers_.assign(depth, Buffer{});
    return {};
  }

  Status move(const Job& job) override {
    read_chunks_ = sent_chunks_ = 0;
    chunks_ = job.input.bytes == 0 ? 0 : chunks_of(job);
    while (sent_chunks_ < chunks_ || notifications_ > 0) {
      if (job.cancelled()) return cancelled("send");
      if (Status status = queue_reads(job); !status.ok()) return status;
      if (Status status = queue_sends(job); !status.ok()) return status;
      if (Status status = ring_->enter(worth_waking_up_for()); !status.ok()) return status;
      while (const std::optional<Completion> completion = ring_->take()) {
        if (Status status = account(job, *completion); !status.ok()) return status;
      }
    }
    return {};
  }

  void finish() override {
    ring_.reset();
    unmap(memory_, calls_);
  }

 private:
  enum class State { kFree, kReading, kFull, kSending, kSent };

  /// Chunk number n goes through buffer n modulo their number, so that the order of the ring is that of the stream.
  struct Buffer {
    State state = State::kFree;
    uint64_t at = 0;                    // offset of its chunk in the input
    uint32_t bytes = 0;                 // of its chunk
    uint32_t done = 0;                  // of them, in the step under way
    std::optional<uint32_t> awaited{};  // the send whose notification is still to come

    // What is left after a send that fell short waits for its notification: there is only one to wait for then.
    bool can_be_sent() const { return state == State::kFull && !awaited; }
  };

  uint64_t chunks_of(const Job& job) const { return (job.input.bytes - 1) / chunk_bytes_ + 1; }

  // A send of nothing, on the very socket: does the kernel know the opcode, the protocol, the flag?
  Status try_out(const Job& job) {
    Result<int32_t> result = send_nothing(job);
    if (result.ok() && *result == -EINVAL) {
      usage_flag_ = 0;  // Linux 6.0
      observe("zerocopyUnreported", 1);
      result = send_nothing(job);
    }
    if (!result.ok()) return std::move(result).error();
    return *result < 0 ? Status(system_error("send", -*result, job.output.path)) : Status();
  }

  Result<int32_t> send_nothing(const Job& job) {
    ring_->queue(uring::kSendZc, job.output.fd, 0).ioprio = usage_flag_;
    int32_t result = 0;
    for (bool over = false; !over;) {
      if (job.cancelled()) return cancelled("send");
      if (Status status = ring_->enter(1); !status.ok()) return std::move(status).error();
      while (const std::optional<Completion> completion = ring_->take()) {
        if (!completion->notification()) result = completion->result;
        over = !completion->more();
      }
    }
    return result;
  }

  // As many completions as there are results to come: the next chain can go when they are here. To wait for
  // notifications as well would leave the socket idle until the far end has let go of buffers. Only when nothing else
  // is to come is a notification what everything waits for.
  uint32_t worth_waking_up_for() const { return std::max(ring_->pending(), 1U); }

  Status queue_reads(const Job& job) {
    for (; read_chunks_ < chunks_ && buffer_of(read_chunks_).state == State::kFree; ++read_chunks_) {
      const uint64_t at = read_chunks_ * chunk_bytes_;
      if (!job.proceed(at)) return cancelled("read");
      Buffer& buffer = buffer_of(read_chunks_);
      buffer.state = State::kReading;
      buffer.at = at;
      buffer.bytes = static_cast<uint32_t>(std::min(chunk_bytes_, job.input.bytes - at));
      buffer.done = 0;
      queue_read(job, buffer);
    }
    return {};
  }

  // A stream must keep its order, and a send that falls short must not be overtaken. So all that is ready goes as one
  // chain, in which a send begins when the one before it has sent everything (MSG_WAITALL), and there is one chain at a
  // time. Notifications are not waited for.
  Status queue_sends(const Job& job) {
    if (sending_ > 0 || starved_) return {};
    if (full_) {
      full_ = false;
      if (Status status = output_.ride_out(job, "send", EAGAIN); !status.ok()) return status;
    }
    io_uring_sqe* last = nullptr;
    held_ = notifications_;
    const uint64_t end = std::min(read_chunks_, sent_chunks_ + longest_chain_);
    for (uint64_t chunk = sent_chunks_; chunk < end && buffer_of(chunk).can_be_sent(); ++chunk) {
      buffer_of(chunk).state = State::kSending;
      last = &queue(uring::kSendZc, job.output.fd, buffer_of(chunk));
      last->ioprio = usage_flag_;
      const Buffer& buffer = buffer_of(chunk);
      last->msg_flags = MSG_WAITALL | MSG_NOSIGNAL | (job.more_behind(buffer.at + buffer.bytes) ? MSG_MORE : 0);
      last->flags = IOSQE_IO_LINK;
      ++sending_;
    }
    if (last != nullptr) last->flags = 0;
    chain_ = sending_;
    return {};
  }

  void queue_read(const Job& job, const Buffer& buffer) {
    queue(uring::kRead, job.input.fd, buffer).off = job.input.begin + buffer.at + buffer.done;
  }

  io_uring_sqe& queue(uint8_t opcode, int fd, const Buffer& buffer) {
    const auto index = static_cast<size_t>(&buffer - buffers_.data());
    io_uring_sqe& request = ring_->queue(opcode, fd, index);
    request.addr = reinterpret_cast<uint64_t>(memory_.data() + index * chunk_bytes_ + buffer.done);
    request.len = buffer.bytes - buffer.done;
    return request;
  }

  Status account(const Job& job, const Completion& completion) {
    Buffer& buffer = buffers_[completion.tag];
    if (completion.notification()) {
      take_notification(buffer, completion);
      return {};
    }
    return buffer.state == State::kReading ? account_read(job, buffer, completion.result)
                                           : account_send(job, buffer, completion);
  }

  Status account_read(const Job& job, Buffer& buffer, int32_t result) {
    if (result == 0) return short_source("read", job.input.path);
    if (result < 0 && result != -EINTR && result != -EAGAIN) return system_error("read", -result, job.input.path);
    buffer.done += static_cast<uint32_t>(std::max(result, 0));
    if (buffer.done < buffer.bytes) {
      queue_read(job, buffer);
    } else {
      buffer.state = State::kFull;
      buffer.done = 0;
    }
    return {};
  }

  Status account_send(const Job& job, Buffer& buffer, const Completion& completion) {
    --sending_;
    buffer.state = State::kFull;
    if (completion.result < 0) return sit_out(job, -completion.result);
    if (completion.result == 0) return {};
    ++zerocopy_->sent;
    buffer.done += static_cast<uint32_t>(completion.result);
    if (completion.more()) {
      ++notifications_;
      buffer.awaited = completion.serial;
    }
    if (buffer.done == buffer.bytes) {
      ++sent_chunks_;
      buffer.state = buffer.awaited ? State::kSent : State::kFree;
    }
    return {};
  }

  // What keeps a send from being made now, but not for ever.
  Status sit_out(const Job& job, int error) {
    switch (error) {
      case ECANCELED:  // the one before it in the chain fell short
      case EINTR:
        return {};
      case EAGAIN:
        full_ = true;
        return {};
      case ENOBUFS:
      case ENOMEM:
        // RLIMIT_MEMLOCK, or no memory for pinning pages. Earlier sends give theirs back with their notifications. The
        // links of a chain ask for theirs before the first one begins, and if one does not get it none of them begins.
        starved_ = notifications_ > 0;
        longest_chain_ = std::max(chain_ / 2, 1U);
        if (chain_ > 1 || held_ > 0) return {};
        [[fallthrough]];
      default:
        return system_error("send", error, job.output.path);
    }
  }

  // One of a send that sent nothing means nothing, and is not waited for. (It may come although F_MORE did not announce
  // it: for links of a chain that broke, seen on 6.18.)
  void take_notification(Buffer& buffer, const Completion& completion) {
    if (buffer.awaited != completion.serial) return;
    buffer.awaited.reset();
    if (buffer.state == State::kSent) buffer.state = State::kFree;
    --notifications_;
    starved_ = false;
    ++zerocopy_->completed;
    if ((static_cast<uint32_t>(completion.result) & uring::kZcCopied) != 0) ++zerocopy_->copied;
  }

  Buffer& buffer_of(uint64_t chunk) { return buffers_[chunk % buffers_.size()]; }

  uint64_t chunk_bytes_ = 0;
  uint64_t chunks_ = 0;
  uint16_t usage_flag_ = uring::kSendZcReportUsage;
  Mapping memory_;
  std::vector<Buffer> buffers_;
  std::unique_ptr<Ring> ring_;  // after its buffers, to go before them

  uint64_t read_chunks_ = 0;    // chunks whose reading has begun
  uint64_t sent_chunks_ = 0;    // chunks wholly sent
  uint32_t sending_ = 0;        // sends of the chain under way
  uint32_t notifications_ = 0;  // still to come
  uint32_t chain_ = 0;          // of how many it was made
  uint32_t longest_chain_ = UINT32_MAX;
  uint32_t held_ = 0;     // notifications that were to come when it was made
  bool full_ = false;     // a non-blocking output would not take more
  bool starved_ = false;  // no send before the next notification

  OutputLoop output_{calls_};
};

const RegisterMode<IoUringSendZc> kEntry("io-uring-send-zc");

}  // namespace
}  // namespace zcl
