#include "core/file_facts.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>

namespace zcl {
namespace {

Result<FileFacts> ask(int fd, const char* path, int flags, const std::string& path_for_errors) {
  constexpr unsigned kWanted = STATX_TYPE | STATX_MODE | STATX_SIZE | STATX_BLOCKS | STATX_MTIME | STATX_UID;
  struct statx answer {};
  if (statx(fd, path, flags, kWanted, &answer) != 0) return system_error("statx", errno, path_for_errors);
  const int64_t modified_ns = answer.stx_mtime.tv_sec * 1'000'000'000 + answer.stx_mtime.tv_nsec;
  return FileFacts{answer.stx_size, answer.stx_blocks * 512, modified_ns, answer.stx_mode, answer.stx_uid};
}

}  // namespace

Result<FileFacts> facts_of(int fd, const std::string& path_for_errors) {
  return ask(fd, "", AT_EMPTY_PATH, path_for_errors);
}

Result<FileFacts> facts_of(const std::string& path) {
  return ask(AT_FDCWD, path.c_str(), 0, path);
}

const char* kind_of(uint32_t mode) {
  switch (mode & S_IFMT) {
    case S_IFREG:
      return "a regular file";
    case S_IFDIR:
      return "a folder";
    case S_IFIFO:
      return "a FIFO";
    case S_IFSOCK:
      return "a socket";
    case S_IFCHR:
      return "a character device";
    case S_IFBLK:
      return "a block device";
    default:
      return "something else";
  }
}

}  // namespace zcl
