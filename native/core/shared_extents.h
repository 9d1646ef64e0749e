#pragma once

#include <cstdint>
#include <optional>

namespace zcl {

/// How many of the first `bytes` bytes of `fd` lie in blocks that another file has too: FIEMAP_EXTENT_SHARED, which a
/// clone has and a copy has not. Nothing where the filesystem has no FIEMAP (tmpfs, NFS) or fails.
///
/// Nothing is flushed for the answer: bytes not yet given their blocks share none.
std::optional<uint64_t> shared_bytes(int fd, uint64_t bytes);

/// Whether the filesystem of `fd` knows FIEMAP, and so keeps its files in blocks of a device.
bool has_extents(int fd);

}  // namespace zcl
