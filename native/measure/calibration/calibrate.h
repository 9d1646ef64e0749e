#pragma once

#include <cstdint>
#include <string>

#include "core/interrupt.h"
#include "measure/calibration/gauge.h"

namespace zcl {

struct Calibration {
  int64_t duration_ns = 0;
  UnitCosts unit_costs;
};

/// Measures the unit costs of this host with unnamed files in `directory`, on the calling thread and in under a second.
/// 64 MiB of room are enough, and it takes about 100 MiB where there is more. A cost that this kernel or filesystem
/// does not have (EINVAL, EOPNOTSUPP, ...) is left out; a folder that takes no files or has no room is the error, and
/// so is a wish to stop.
Result<Calibration> calibrate(const std::string& directory, const Interrupt& interrupt);

}  // namespace zcl
