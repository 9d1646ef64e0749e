#pragma once

#include <string>

#include "core/result.h"
#include "core/unique_fd.h"
#include "measure/calls.h"

namespace zcl {

/// Whether an unnamed file may be given a name later (linkat).
enum class Link { kNever, kMayGet };

/// A fresh, empty, readable and writable file in `directory` that no name leads to: it is gone with its last
/// descriptor, also after a kill. O_TMPFILE; where the filesystem has none, created under a random name and unlinked
/// at once. Never follows or touches an existing file.
Result<UniqueFd> open_unnamed_file(const std::string& directory, Link link, CallCounter& calls);

/// The same where nobody counts.
inline Result<UniqueFd> open_unnamed_file(const std::string& directory, Link link = Link::kNever) {
  CallCounter uncounted;
  return open_unnamed_file(directory, link, uncounted);
}

}  // namespace zcl
