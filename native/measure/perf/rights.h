#pragma once

#include "core/result.h"

namespace zcl {

/// Which events of the kernel this process may have: success, or why not.
struct EvidenceRights {
  Status task_samples;
  Status cpu_wide;
  Status tracepoint;
};

/// Tries each kind by opening it and closing it again.
EvidenceRights evidence_rights();

}  // namespace zcl
