#pragma once

#include <cstddef>

#include "core/result.h"

namespace zcl {

/// ENOBUFS of a zero-copy send of `bytes` with no other under way, in words that name the limit that is too low.
Error no_room_to_send(size_t bytes);

}  // namespace zcl
