#include "paths/direct_io.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/statfs.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <optional>

#include "core/shared_extents.h"
#include "paths/reopen.h"

namespace zcl {
namespace {

/// A logical block of a disk is no larger, but for the rare ones whose filesystems tell (STATX_DIOALIGN).
constexpr uint64_t kUsualAlignment = 4096;

// Linux 6.1 gave these names; older headers have only the room for them (include/uapi/linux/stat.h).
constexpr unsigned kStatxDioAlign = 0x2000;
constexpr size_t kMemoryAlignAt = 0x98;  // followed by that of offsets, both 32 bits wide
#ifdef STATX_DIOALIGN
static_assert(kStatxDioAlign == STATX_DIOALIGN && kMemoryAlignAt == offsetof(struct statx, stx_dio_mem_align));
#endif

Error refused(const char* why, const std::string& path) {
  return {"EOPNOTSUPP", "open", why, path};
}

Status not_in_memory(int fd, const std::string& path, CallCounter& calls) {
  struct statfs filesystem {};
  if (calls["fstatfs"]([&] { return fstatfs(fd, &filesystem); }) != 0) {
    return system_error("fstatfs", errno, path);
  }
  switch (static_cast<uint32_t>(filesystem.f_type)) {
    case TMPFS_MAGIC:
    case RAMFS_MAGIC:
      return refused("This filesystem keeps files in memory, where O_DIRECT cannot go around the page cache.", path);
    case OVERLAYFS_SUPER_MAGIC:
      if (calls["ioctl"]([&] { return has_extents(fd); })) return {};
      return refused(
          "The filesystem below this overlay shows no blocks on a disk (FIEMAP), so O_DIRECT may mean nothing.", path);
    default:
      return {};
  }
}

/// What the filesystem says its direct I/O must be aligned to, 0 for none at all; nothing where it does not say.
std::optional<uint64_t> told_alignment(int fd, CallCounter& calls) {
  struct statx answer {};
  if (calls["statx"]([&] { return statx(fd, "", AT_EMPTY_PATH, kStatxDioAlign, &answer); }) != 0) return {};
  if ((answer.stx_mask & kStatxDioAlign) == 0) return {};
  uint32_t alignments[2];
  std::memcpy(alignments, reinterpret_cast<const std::byte*>(&answer) + kMemoryAlignAt, sizeof alignments);
  return std::max(alignments[0], alignments[1]);
}

}  // namespace

Result<DirectFile> open_direct(int fd, int flags, const std::string& path, CallCounter& calls) {
  constexpr const char* kNone = "This filesystem does no direct I/O on this file.";
  if (Status status = not_in_memory(fd, path, calls); !status.ok()) return std::move(status).error();
  Result<UniqueFd> file = calls["open"]([&] { return reopen(fd, flags | O_DIRECT, path); });
  if (!file.ok()) return file.error().code == "EINVAL" ? refused(kNone, path) : std::move(file).error();
  const uint64_t alignment = told_alignment(file->get(), calls).value_or(kUsualAlignment);
  if (alignment == 0) return refused(kNone, path);
  return DirectFile{std::move(*file), alignment};
}

}  // namespace zcl
