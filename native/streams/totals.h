#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "measured_run.h"
#include "streams/lane.h"

namespace zcl {

using Lanes = std::vector<std::unique_ptr<Lane>>;

/// What streams that were let go at one moment measured together: their costs, calls and bytes summed up, from the
/// start of the first until the last byte of the last had arrived.
/// @param begun_ns when the set-up began
Measurement measurement_of(const Lanes& lanes, int64_t begun_ns);

/// What became of all of them: of those that did not arrive intact the first, by its place in the source.
Verification verification_of(const Lanes& lanes);

}  // namespace zcl
