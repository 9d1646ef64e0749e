#include "uring/ring.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <ctime>

#include "core/counted.h"

namespace zcl {
namespace {

constexpr timespec kPatience{0, 1'000'000};

long set_up_ring(SystemCall& call, uint32_t entries, uint32_t flags, io_uring_params& params) {
  params = {};
  params.flags = flags;
  return call([&] { return syscall(uring::kSetup, entries, &params); });
}

template <class T>
T* at(const Mapping& mapping, uint32_t offset) {
  return reinterpret_cast<T*>(mapping.data() + offset);
}

}  // namespace

Result<std::unique_ptr<Ring>> Ring::open(uint32_t requests, std::initializer_list<uint8_t> opcodes, CallCounter& calls,
                                         Completing completing) {
  std::unique_ptr<Ring> ring(new Ring(requests, calls));
  if (Status status = ring->set_up(completing); !status.ok()) return std::move(status).error();
  if (Status status = ring->require(opcodes); !status.ok()) return std::move(status).error();
  return ring;
}

// Once is not enough: a cancel misses a request that is just on its way from one queue of the kernel's to another. And
// some cannot be cancelled, such as a write to a disk; these end by themselves.
Ring::~Ring() {
  queued_ = 0;
  while (under_way_ > 0) {
    for (uint64_t request : latest_) queue(uring::kAsyncCancel, -1).addr = request;
    (void)enter(queued_);
    while (take()) {
    }
    queued_ = 0;
    if (under_way_ > 0) calls_["nanosleep"]([] { return nanosleep(&kPatience, nullptr); });
  }
  unmap(entries_, calls_);
  unmap(rings_, calls_);
  close(fd_, calls_);
}

// Room for every request and a cancel for each.
Status Ring::set_up(Completing completing) {
  const auto entries = static_cast<uint32_t>(2 * latest_.size());
  io_uring_params params;
  SystemCall& setup = calls_["io_uring_setup"];
  const uint32_t deferred = completing == Completing::kInEnter ? uring::kSetupDeferTaskrun : 0;
  long fd = set_up_ring(setup, entries, uring::kSetupSingleIssuer | deferred, params);
  if (fd < 0 && errno == EINVAL) fd = set_up_ring(setup, entries, 0, params);
  if (fd < 0) return system_error("io_uring_setup", errno);
  fd_ = UniqueFd(static_cast<int>(fd));
  // One mapping for both queues came with 5.4, completions that are never dropped with 5.5.
  constexpr uint32_t kNeeded = IORING_FEAT_SINGLE_MMAP | IORING_FEAT_NODROP;
  if ((params.features & kNeeded) != kNeeded) return system_error("io_uring_setup", EOPNOTSUPP);
  return map(params);
}

Status Ring::map(const io_uring_params& params) {
  const size_t submission_bytes = params.sq_off.array + params.sq_entries * sizeof(uint32_t);
  const size_t completion_bytes = params.cq_off.cqes + params.cq_entries * sizeof(io_uring_cqe);
  const size_t ring_bytes = std::max(submission_bytes, completion_bytes);
  SystemCall& mmap = calls_["mmap"];
  Result<Mapping> rings = mmap([&] { return Mapping::shared(fd_.get(), ring_bytes, IORING_OFF_SQ_RING); });
  if (!rings.ok()) return std::move(rings).error();
  const size_t entry_bytes = params.sq_entries * sizeof(io_uring_sqe);
  Result<Mapping> entries = mmap([&] { return Mapping::shared(fd_.get(), entry_bytes, IORING_OFF_SQES); });
  if (!entries.ok()) return std::move(entries).error();
  rings_ = std::move(*rings);
  entries_ = std::move(*entries);

  submission_tail_ = at<uint32_t>(rings_, params.sq_off.tail);
  submission_mask_ = *at<uint32_t>(rings_, params.sq_off.ring_mask);
  submissions_ = at<io_uring_sqe>(entries_, 0);
  completion_head_ = at<uint32_t>(rings_, params.cq_off.head);
  completion_tail_ = at<uint32_t>(rings_, params.cq_off.tail);
  completion_mask_ = *at<uint32_t>(rings_, params.cq_off.ring_mask);
  completions_ = at<io_uring_cqe>(rings_, params.cq_off.cqes);

  // The queue holds numbers of entries, so that entries may be queued in any order. Ours go round in theirs.
  uint32_t* const numbers = at<uint32_t>(rings_, params.sq_off.array);
  for (uint32_t i = 0; i < params.sq_entries; ++i) numbers[i] = i;
  return {};
}

Status Ring::require(std::initializer_list<uint8_t> opcodes) const {
  constexpr size_t kEveryOpcode = 256;
  alignas(io_uring_probe) std::array<std::byte, sizeof(io_uring_probe) + kEveryOpcode * sizeof(io_uring_probe_op)>
      answer{};
  const auto ask = [&] {
    return syscall(uring::kRegister, fd_.get(), IORING_REGISTER_PROBE, answer.data(), kEveryOpcode);
  };
  if (calls_["io_uring_register"](ask) < 0) {
    return system_error("io_uring_register", errno);
  }
  const auto* known = reinterpret_cast<const io_uring_probe*>(answer.data());
  for (uint8_t opcode : opcodes) {
    if ((known->ops[opcode].flags & IO_URING_OP_SUPPORTED) == 0) return system_error("io_uring_register", EINVAL);
  }
  return {};
}

Status Ring::register_buffers(const std::vector<iovec>& buffers) {
  const auto ask = [&] {
    return syscall(uring::kRegister, fd_.get(), IORING_REGISTER_BUFFERS, buffers.data(), buffers.size());
  };
  if (calls_["io_uring_register"](ask) == 0) return {};
  return system_error("io_uring_register", errno);
}

io_uring_sqe& Ring::queue(uint8_t opcode, int fd, uint32_t tag) {
  io_uring_sqe& request = queue(opcode, fd);
  request.user_data = uint64_t{++serial_} << 32 | tag;
  latest_[tag] = request.user_data;
  return request;
}

io_uring_sqe& Ring::queue(uint8_t opcode, int fd) {
  if (queued_ > submission_mask_) std::abort();  // more than the ring was asked to hold
  io_uring_sqe& request = submissions_[(handed_over_ + queued_) & submission_mask_];
  ++queued_;
  request = {};
  request.opcode = opcode;
  request.fd = fd;
  return request;
}

Status Ring::enter(uint32_t wanted) {
  // Release: what is written into the entries must be there before the tail that tells of them.
  __atomic_store_n(submission_tail_, handed_over_ + queued_, __ATOMIC_RELEASE);
  const long taken =
      enter_([&] { return syscall(uring::kEnter, fd_.get(), queued_, wanted, IORING_ENTER_GETEVENTS, nullptr, 0); });
  if (taken < 0) {
    const bool once_more = errno == EINTR || errno == EAGAIN || errno == EBUSY;
    return once_more ? Status() : Status(system_error("io_uring_enter", errno));
  }
  // Fewer than there were when one of them is faulty, or no memory is left: the others stay for the next call.
  handed_over_ += static_cast<uint32_t>(taken);
  queued_ -= static_cast<uint32_t>(taken);
  under_way_ += static_cast<uint32_t>(taken);
  return {};
}

std::optional<Completion> Ring::take() {
  const uint32_t head = *completion_head_;
  // Acquire: the completion, and what the request read into our buffers, must not be looked at before the tail.
  if (head == __atomic_load_n(completion_tail_, __ATOMIC_ACQUIRE)) return {};
  const io_uring_cqe& entry = completions_[head & completion_mask_];
  const Completion completion{static_cast<uint32_t>(entry.user_data), static_cast<uint32_t>(entry.user_data >> 32),
                              entry.res, entry.flags};
  // Release: the kernel may overwrite the entry from here on.
  __atomic_store_n(completion_head_, head + 1, __ATOMIC_RELEASE);
  if (!completion.notification()) --under_way_;
  return completion;
}

}  // namespace zcl
