#pragma once

#include <sys/uio.h>

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <vector>

#include "core/mapping.h"
#include "core/result.h"
#include "core/unique_fd.h"
#include "measure/calls.h"
#include "uring/abi.h"

namespace zcl {

/// What the kernel says of a request.
struct Completion {
  uint32_t tag;     ///< the request's
  uint32_t serial;  ///< tells this request from others with the same tag
  int32_t result;   ///< what the system call would have returned, or minus an errno
  uint32_t flags;

  bool more() const { return (flags & uring::kMore) != 0; }
  bool notification() const { return (flags & uring::kNotification) != 0; }
};

/// An io_uring, by the kernel's own interface: a queue of requests, a queue of completions, both shared with the
/// kernel. For one thread, the one that made it.
///
/// Once it is gone the kernel writes to no buffer of its requests any more, so a ring must go before its buffers do.
/// (Pages of zero-copy sends may still be read; they stay the kernel's own until it has.)
class Ring {
 public:
  /// When the kernel does what is left to do for a request that has ended elsewhere: fill in its completion, and start
  /// the request that is linked to it.
  enum class Completing {
    kInEnter,  ///< in our own calls, where it can (6.1): nothing interrupts this thread for it
    kAtOnce,   ///< as soon as it has ended: for chains, whose next link would wait until this thread has woken up
  };

  /// A ring for at most `requests` requests at a time, whose tags are 0 to `requests` - 1, and for these `opcodes`.
  /// Fails with io_uring_setup's own error (EPERM: kernel.io_uring_disabled or seccomp; ENOSYS; ENOMEM: RLIMIT_MEMLOCK,
  /// before 5.12 and again in 6.18), or with EINVAL of io_uring_register where the kernel has no such opcode.
  /// Its calls are counted in `calls`.
  static Result<std::unique_ptr<Ring>> open(uint32_t requests, std::initializer_list<uint8_t> opcodes,
                                            CallCounter& calls, Completing completing = Completing::kInEnter);

  /// Cancels what is under way, and waits until it has ended.
  ~Ring();
  Ring(const Ring&) = delete;
  Ring& operator=(const Ring&) = delete;

  /// Pins `buffers` for the *_FIXED opcodes, which know them by index. ENOMEM: RLIMIT_MEMLOCK. At most 1 GiB each.
  Status register_buffers(const std::vector<iovec>& buffers);

  /// A request of this opcode, otherwise empty, to be filled in. The kernel sees it with the next `enter`.
  /// No other of its tag may be pending.
  io_uring_sqe& queue(uint8_t opcode, int fd, uint32_t tag);

  /// Hands over what is queued and waits for `wanted` completions, in one call. Comes back early, and says so by
  /// nothing but their absence, after a signal (EINTR), or where the kernel wants to be asked again (EAGAIN, EBUSY).
  Status enter(uint32_t wanted);

  /// The next completion that is there.
  std::optional<Completion> take();

  /// Requests queued or under way: those whose result is still to come. Notifications are not counted.
  uint32_t pending() const { return queued_ + under_way_; }

 private:
  Ring(uint32_t requests, CallCounter& calls) : calls_(calls), latest_(requests) {}

  Status set_up(Completing completing);
  Status map(const io_uring_params& params);
  Status require(std::initializer_list<uint8_t> opcodes) const;
  io_uring_sqe& queue(uint8_t opcode, int fd);

  CallCounter& calls_;
  SystemCall& enter_ = calls_["io_uring_enter"];
  UniqueFd fd_;
  Mapping rings_;
  Mapping entries_;

  // Of the submission queue the kernel moves the head and we the tail; of the completion queue the other way round.
  uint32_t* submission_tail_ = nullptr;
  uint32_t submission_mask_ = 0;
  io_uring_sqe* submissions_ = nullptr;
  uint32_t* completion_head_ = nullptr;
  const uint32_t* completion_tail_ = nullptr;
  uint32_t completion_mask_ = 0;
  const io_uring_cqe* completions_ = nullptr;

  uint32_t handed_over_ = 0;  // where the kernel's head is: it reads the queue in our calls only
  uint32_t queued_ = 0;
  uint32_t under_way_ = 0;
  uint32_t serial_ = 0;
  std::vector<uint64_t> latest_;  // by tag: what the kernel knows the latest request by
};

}  // namespace zcl
