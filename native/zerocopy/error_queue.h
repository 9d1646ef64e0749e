#pragma once

#include <sys/socket.h>

#include <optional>

#include "core/result.h"
#include "transfer.h"
#include "zerocopy/completions.h"

namespace zcl {

/// What a message from a socket's error queue says of zero-copy sends; nothing where it is about something else.
std::optional<Completion> parse_completion(msghdr& message);

/// The error queue of a socket, where the kernel says which zero-copy sends it is done with.
class ErrorQueue {
 public:
  explicit ErrorQueue(CallCounter& calls) : recvmsg_(calls["recvmsg"]) {}

  /// Takes one message, without blocking: false where there is none. What waits unread goes on to be joined with what
  /// comes, so the fewest calls are made by who asks as late as possible.
  Result<bool> take(int socket, CompletionTracker& tracker);

 private:
  SystemCall& recvmsg_;
};

}  // namespace zcl
