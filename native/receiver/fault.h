#pragma once

#include <cstdint>

namespace zcl {

/// What a receiver does wrong, to see what becomes of its sender.
struct ReceiverFault {
  enum class What {
    kNone,
    kStall,  ///< stops reading until it is released, and goes on
    kClose,  ///< closes the socket; with bytes unread in it, TCP makes that a reset
    kReset,  ///< resets the connection (SO_LINGER of 0 s)
  };

  What what = What::kNone;
  uint64_t at_byte = 0;  ///< before the first call that would take bytes at or behind this one
};

}  // namespace zcl
