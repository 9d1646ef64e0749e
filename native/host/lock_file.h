#pragma once

#include <string>

#include "core/result.h"
#include "core/unique_fd.h"

namespace zcl {

/// Takes an exclusive flock(2) on `path`, creates the file (0644) if need be, and writes `note` into it for others to
/// read. Held until the descriptor is closed, at the latest by the end of the process; the file stays.
/// EWOULDBLOCK with the holder's note as message when it is taken; EPERM when the file is not the caller's.
Result<UniqueFd> take_lock(const std::string& path, const std::string& note);

/// Whether anybody holds a lock on `path`. A file that is not there is not locked.
Result<bool> is_locked(const std::string& path);

}  // namespace zcl
