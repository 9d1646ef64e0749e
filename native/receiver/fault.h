#pragma once

#include <cstdint>

#include "transfer.h"

namespace zcl {

/// What a receiver does wrong, to see what becomes of its sender.
struct ReceiverFault {
  enum class What {
    kNone,
    kMoment,  ///< nothing wrong: goes on when the moment is over
    kStall,   ///< stops reading until it is released, and goes on
    kClose,   ///< closes the socket; with bytes unread in it, TCP makes that a reset
    kReset,   ///< resets the connection (SO_LINGER of 0 s)
  };

  What what = What::kNone;
  uint64_t at_byte = 0;      ///< before the first call that would take bytes at or behind this one
  Moment* moment = nullptr;  ///< told on the receiver's thread that it has come to that byte; borrowed
};

}  // namespace zcl
