#include "paths/direct_io.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/vfs.h>

#include <cerrno>

namespace zcl {
namespace {

constexpr uint64_t kAlignment = 4096;  // no block device we know asks for more

}  // namespace

Result<DirectFile> open_direct(int fd, int flags, const std::string& path) {
  struct statfs filesystem {};
  if (fstatfs(fd, &filesystem) != 0) return system_error("fstatfs", errno, path);
  if (filesystem.f_type == TMPFS_MAGIC) return system_error("open", EOPNOTSUPP, path);
  const std::string self = "/proc/self/fd/" + std::to_string(fd);
  UniqueFd file(open(self.c_str(), flags | O_DIRECT | O_CLOEXEC));
  if (!file) return system_error("open", errno, path);
  return DirectFile{std::move(file), kAlignment};
}

}  // namespace zcl
