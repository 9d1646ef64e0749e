#pragma once

namespace zcl {

/// Whether this process lives in the first PID namespace. Within another one a thread does not know the number the
/// kernel itself has for it, and tasks outside have no numbers at all.
bool in_first_pid_namespace();

}  // namespace zcl
