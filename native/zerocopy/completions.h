#pragma once

#include <cstdint>
#include <map>

#include "transfer.h"

namespace zcl {

/// One notification of the kernel's: it has let go of the pages of the sends `lo` to `hi`, both included. Ids are
/// numbers of send calls on the socket, from 0, and go round at 2^32; neighbours are reported together, not always in
/// order (Documentation/networking/msg_zerocopy.rst).
struct Completion {
  uint32_t lo;
  uint32_t hi;
  bool copied;  ///< the kernel copied after all
};

/// Sends from the same place: the numbers from `first` up to, and without, `end`.
struct Sends {
  uint64_t first = 0;
  uint64_t end = 0;
};

/// Which sends are under way, and what became of the others. Makes no system call.
///
/// Sends are numbered without end; the kernel's id is the lower half of the number.
class CompletionTracker {
 public:
  /// `first` is the number of the first send: 0 on a socket nobody has sent on this way before.
  explicit CompletionTracker(uint64_t first = 0) : oldest_(first), next_(first) {}

  /// To be called for every send the kernel took. One that failed has no id.
  void sent() {
    ++next_;
    ++count_.sent;
  }

  /// Number the next send gets.
  uint64_t next() const { return next_; }

  /// Takes a notification. What it says of sends that are done already, or were never made, is passed over.
  void completed(const Completion& completion);

  /// Whether the kernel has let go of all of them, so that their buffer may be written again.
  bool done(const Sends& sends) const;

  bool all_done() const { return oldest_ == next_; }

  const ZerocopyCount& count() const { return count_; }

 private:
  uint64_t finish(uint64_t first, uint64_t end);

  uint64_t oldest_;  // every number below is done
  uint64_t next_;
  std::map<uint64_t, uint64_t> ahead_;  // done before an older one was: first -> end, apart from each other
  ZerocopyCount count_;
};

}  // namespace zcl
