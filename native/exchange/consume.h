#pragma once

#include "exchange/control.h"
#include "exchange/exchange.h"
#include "exchange/intake.h"

namespace zcl {

/// The consumer's whole life, on a thread or in a process of its own: does what the orders in `control` say with the
/// ends it was given, and closes them. The caller says that the consumer leaves.
Result<Consumed> consume(ControlBlock& control, Ends ends, const Interrupt& interrupt);

}  // namespace zcl
