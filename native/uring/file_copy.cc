#include "uring/file_copy.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "core/counted.h"

namespace zcl {
namespace {

struct Opcodes {
  uint8_t read;
  uint8_t write;
};

constexpr Opcodes opcodes_for(FileCopy::Buffers buffers) {
  return buffers == FileCopy::Buffers::kRegistered ? Opcodes{uring::kReadFixed, uring::kWriteFixed}
                                                   : Opcodes{uring::kRead, uring::kWrite};
}

}  // namespace

Status FileCopy::prepare(const Job& job, uint64_t chunk_bytes, Buffers buffers) {
  if (calls_["lseek"]([&] { return lseek(job.output.fd, 0, SEEK_CUR); }) < 0) {
    return system_error("lseek", errno, job.output.path);
  }
  kind_ = buffers;
  const uint64_t chunks = (job.input.bytes + chunk_bytes - 1) / chunk_bytes;
  const auto slots = static_cast<uint32_t>(std::min<uint64_t>(job.options.queue_depth, chunks));
  const auto [read, write] = opcodes_for(kind_);
  Result<std::unique_ptr<Ring>> ring = Ring::open(slots, {read, write}, calls_);
  if (!ring.ok()) return std::move(ring).error();
  ring_ = std::move(*ring);
  return make_buffers(slots, chunk_bytes);
}

Status FileCopy::make_buffers(uint64_t slots, uint64_t chunk_bytes) {
  Result<Mapping> memory = map_buffer(slots * chunk_bytes, calls_);
  if (!memory.ok()) return std::move(memory).error();
  memory_ = std::move(*memory);
  std::vector<iovec> buffers;
  for (uint64_t i = 0; i < slots; ++i) buffers.push_back({memory_.data() + i * chunk_bytes, chunk_bytes});
  slots_.clear();
  for (const iovec& buffer : buffers) slots_.push_back({buffer});
  return kind_ == Buffers::kRegistered ? ring_->register_buffers(buffers) : Status();
}

// One call hands over whatever is ready and waits for half of what is under way: the other half keeps the kernel busy
// until the next call, and a call that waited for one completion only would be made once per request.
Status FileCopy::copy(const Job& job, const FileRange& range) {
  next_ = range.begin;
  for (Slot& slot : slots_) {
    if (Status status = take_chunk(job, range, slot); !status.ok()) return status;
  }
  while (ring_->pending() > 0) {
    if (job.cancelled()) return cancelled("io_uring_enter");
    if (Status status = ring_->enter((ring_->pending() + 1) / 2); !status.ok()) return status;
    while (const std::optional<Completion> completion = ring_->take()) {
      Status status = advance(job, range, slots_[completion->tag], completion->result);
      if (!status.ok()) return status;
    }
  }
  return {};
}

Status FileCopy::take_chunk(const Job& job, const FileRange& range, Slot& slot) {
  if (next_ == range.end) return {};
  if (!job.proceed(next_)) return cancelled("io_uring_enter");
  slot.at = next_;
  slot.bytes = static_cast<uint32_t>(std::min<uint64_t>(range.end - next_, slot.buffer.iov_len));
  slot.done = 0;
  slot.writing = false;
  next_ += slot.bytes;
  queue(range, slot);
  return {};
}

Status FileCopy::advance(const Job& job, const FileRange& range, Slot& slot, int32_t result) {
  // ECANCELED: a signal came while the kernel started a worker thread, three times over, and it gave the request up
  // (io_uring/io-wq.c: WORKER_INIT_LIMIT). Nothing was moved, so it is asked for once more.
  const bool once_more = result == -EINTR || result == -EAGAIN || result == -ECANCELED;
  if (result < 0 && !once_more) {
    return slot.writing ? system_error("write", -result, job.output.path)
                        : system_error("read", -result, job.input.path);
  }
  if (result == 0 && !slot.writing) return short_source("read", job.input.path);
  slot.done += static_cast<uint32_t>(std::max(result, 0));
  // O_DIRECT reads whole blocks, but for the last one of a file.
  if (!slot.writing && slot.done % range.alignment != 0) return short_source("read", job.input.path);
  if (slot.done == slot.bytes) {
    if (slot.writing) return take_chunk(job, range, slot);
    slot.writing = true;
    slot.done = 0;
  }
  queue(range, slot);
  return {};
}

void FileCopy::queue(const FileRange& range, const Slot& slot) {
  const auto [read, write] = opcodes_for(kind_);
  const auto index = static_cast<uint16_t>(&slot - slots_.data());
  io_uring_sqe& request = ring_->queue(slot.writing ? write : read, slot.writing ? range.to : range.from, index);
  request.off = slot.at + slot.done;
  request.addr = reinterpret_cast<uint64_t>(slot.buffer.iov_base) + slot.done;
  request.len = slot.bytes - slot.done;
  if (kind_ == Buffers::kRegistered) request.buf_index = index;
}

void FileCopy::finish() {
  ring_.reset();
  slots_.clear();
  unmap(memory_, calls_);
}

}  // namespace zcl
