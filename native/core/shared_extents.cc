#include "core/shared_extents.h"

#include <linux/fiemap.h>
#include <linux/fs.h>
#include <sys/ioctl.h>

#include <algorithm>
#include <cstddef>
#include <new>

namespace zcl {
namespace {

constexpr uint32_t kExtentsPerCall = 64;

}  // namespace

std::optional<uint64_t> shared_bytes(int fd, uint64_t bytes) {
  uint64_t shared = 0;
  for (uint64_t at = 0; at < bytes;) {
    // The kernel's struct, with room for its answer behind it.
    alignas(fiemap) std::byte room[sizeof(fiemap) + kExtentsPerCall * sizeof(fiemap_extent)];
    auto& map = *new (room) fiemap{};
    map.fm_start = at;
    map.fm_length = bytes - at;
    map.fm_extent_count = kExtentsPerCall;
    if (ioctl(fd, FS_IOC_FIEMAP, &map) != 0) return {};
    const uint32_t found = std::min(map.fm_mapped_extents, kExtentsPerCall);
    if (found == 0) break;
    for (uint32_t i = 0; i < found; ++i) {
      const fiemap_extent& extent = map.fm_extents[i];
      // Whole blocks: the first may begin before the place asked for, and the last end behind the file.
      const uint64_t begin = std::max<uint64_t>(extent.fe_logical, at);
      const uint64_t end = std::min<uint64_t>(extent.fe_logical + extent.fe_length, bytes);
      if ((extent.fe_flags & FIEMAP_EXTENT_SHARED) != 0 && begin < end) shared += end - begin;
      at = std::max(at, end);
    }
    if ((map.fm_extents[found - 1].fe_flags & FIEMAP_EXTENT_LAST) != 0) break;
  }
  return shared;
}

bool has_extents(int fd) {
  fiemap none{};
  none.fm_length = FIEMAP_MAX_OFFSET;
  return ioctl(fd, FS_IOC_FIEMAP, &none) == 0;
}

}  // namespace zcl
