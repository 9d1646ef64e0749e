#include "paths/direct_io.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/vfs.h>

#include <cerrno>

namespace zcl {
namespace {

/// Enough for every disk of today, whose blocks are of 512 or 4096 bytes.
constexpr uint64_t kAlignment = 4096;

}  // namespace

Result<DirectFile> open_direct(int fd, int flags, const std::string& path) {
  struct statfs filesystem {};
  if (fstatfs(fd, &filesystem) != 0) return system_error("statfs", errno, path);
  if (filesystem.f_type == TMPFS_MAGIC) {
    return Error{"EOPNOTSUPP", "open", "tmpfs has no way past the page cache.", path};
  }
  const std::string self = "/proc/self/fd/" + std::to_string(fd);
  UniqueFd direct(open(self.c_str(), flags | O_DIRECT | O_CLOEXEC));
  if (!direct) return system_error("open", errno, path);
  return DirectFile{std::move(direct), kAlignment};
}

}  // namespace zcl
