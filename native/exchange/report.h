#pragma once

#include <optional>

#include "exchange/control.h"
#include "exchange/intake.h"

/// What became of a consumer, on its way from one process to another.
namespace zcl {

void write_report(const Control& control, const Result<Consumed>& outcome);

/// Nothing when the consumer ended without a word.
std::optional<Result<Consumed>> read_report(const Control& control);

}  // namespace zcl
