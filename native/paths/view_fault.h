#pragma once

#include "core/result.h"
#include "transfer.h"

namespace zcl {

/// What a call on a view of the input failed of. Where only the kernel touches the view, a file cut short meanwhile is
/// EFAULT there, not SIGBUS: that becomes SHORT. Any other failure stays as it is.
Status explain_view_fault(const Job& job, Status failure);

}  // namespace zcl
