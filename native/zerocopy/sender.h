#pragma once

#include <cstddef>
#include <cstdint>

#include "core/result.h"
#include "transfer.h"
#include "zerocopy/completions.h"
#include "zerocopy/error_queue.h"

namespace zcl {

/// Sends memory by reference (MSG_ZEROCOPY, Linux 4.14), and knows when the kernel has let go of it.
///
/// What was sent may be unmapped at any time: the kernel holds on to the pages, not to their addresses. It must not be
/// written before its sends are done: whatever is in the pages when they leave, or leave again, is what arrives.
class ZerocopySender {
 public:
  explicit ZerocopySender(CallCounter& calls)
      : queue_(calls), setsockopt_(calls["setsockopt"]), send_(calls["send"]), poll_(calls["poll"]) {}

  /// Asks the output to take sends by reference (SO_ZEROCOPY). EOPNOTSUPP where it is not a socket that can.
  Status enable(const Output& output);

  /// send(2) until all of `data`, which ends at `end` of the input, is taken: one call where nothing disturbs.
  /// ENOBUFS where the kernel's limits do not allow a single send of this size; else waits until they do.
  Status send_all(const Job& job, const std::byte* data, size_t bytes, uint64_t end);

  /// Number of the next send: what was sent in between has the numbers from one answer up to the next.
  uint64_t next() const { return tracker_.next(); }

  /// Until the kernel is done with these. No call where that is known already.
  Status await(const Job& job, const Sends& sends);

  /// Until it is done with all of them.
  Status await_all(const Job& job) { return await(job, {0, next()}); }

  const ZerocopyCount& count() const { return tracker_.count(); }

 private:
  Status after_failed_send(const Job& job, int error, size_t bytes);
  Status await_any(const Job& job);
  Status await_writable(const Job& job);
  Result<short> sleep(const Job& job, short events);

  CompletionTracker tracker_;
  ErrorQueue queue_;
  SystemCall& setsockopt_;
  SystemCall& send_;
  SystemCall& poll_;
};

}  // namespace zcl
