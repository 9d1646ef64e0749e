#pragma once

#include "core/mapping.h"
#include "core/unique_fd.h"
#include "measure/calls.h"

/// What owners do silently, as calls that are counted: set-up and its undoing lie within the window where many objects
/// are moved, each with a set-up of its own.
namespace zcl {

inline Result<Mapping> map_buffer(size_t bytes, CallCounter& calls) {
  if (bytes == 0) return Mapping();
  return calls["mmap"]([&] { return Mapping::buffer(bytes); });
}

inline void unmap(Mapping& mapping, CallCounter& calls) {
  if (mapping.size() > 0) calls["munmap"]([&] { mapping.unmap(); });
}

inline void close(UniqueFd& fd, CallCounter& calls) {
  if (fd) calls["close"]([&] { fd.reset(); });
}

}  // namespace zcl
