#pragma once

#include <atomic>
#include <cstdint>
#include <optional>

#include "core/result.h"
#include "paths/source_set.h"
#include "sending.h"

namespace zcl {

/// Moves as many objects as the request says, one after the other, as a server does that is asked for one file after
/// the other: each is opened, set up for, moved, finished and closed, all within the timed window. To `stream`, or,
/// without one, each to a fresh unnamed file of its own, which is gone when the next one begins.
///
/// Every call that is made for that is among those of the mode. (Not counted is what memory for small things costs the
/// C library, now and then.)
/// @param moved kept up to date: bytes that are in the files, or were handed over to the stream, of the objects done
Status move_objects(Sending& sending, const SourceSet& objects, const std::optional<Output>& stream,
                    std::atomic<uint64_t>& moved);

}  // namespace zcl
