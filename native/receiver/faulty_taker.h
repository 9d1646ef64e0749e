#pragma once

#include <memory>

#include "receiver/gate.h"
#include "receiver/taker.h"

namespace zcl {

/// `taker` with the fault of its options: it alone knows of it, so that a sound receiver does not even ask. A receiver
/// that stalls waits at `gate`; one that closes or resets finds the stream at its end, and whoever owns the socket
/// must close it then. All three must outlive the taker.
std::unique_ptr<Taker> with_fault(std::unique_ptr<Taker> taker, const ReceiverFault& fault, const Gate& gate,
                                  const Interrupt& interrupt);

}  // namespace zcl
