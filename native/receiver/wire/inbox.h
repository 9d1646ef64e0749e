#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include "core/result.h"
#include "receiver/wire/codec.h"

namespace zcl::wire {

/// Takes frames off a connection, one at a time and never a byte of what is behind them: on a data connection that is
/// the payload.
class Inbox {
 public:
  /// The next message, or nothing as long as it is not all there. Never waits. EPROTO for what is no frame,
  /// ECONNABORTED where the other side has ended the connection.
  Result<std::optional<Message>> look(int socket);

  /// Whether some of a message has come, and not all of it.
  bool is_within_message() const { return filled_ > 0; }

 private:
  std::array<std::byte, kMostFrameBytes> bytes_;
  size_t filled_ = 0;
  size_t wanted_ = kHeaderBytes;
};

}  // namespace zcl::wire
