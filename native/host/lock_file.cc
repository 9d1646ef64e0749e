#include "host/lock_file.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "core/file_facts.h"

namespace zcl {
namespace {

constexpr mode_t kAllMayRead = S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH;
constexpr size_t kLongestNote = 4096;

std::string read_note(int fd) {
  char note[kLongestNote];
  const ssize_t got = pread64(fd, note, sizeof note, 0);
  return std::string(note, got > 0 ? static_cast<size_t>(got) : 0);
}

Status write_note(int fd, const std::string& path, const std::string& note) {
  if (ftruncate64(fd, 0) != 0) return system_error("ftruncate", errno, path);
  const size_t bytes = std::min(note.size(), kLongestNote);
  const ssize_t written = pwrite64(fd, note.data(), bytes, 0);
  if (written < 0) return system_error("write", errno, path);
  return static_cast<size_t>(written) == bytes ? Status() : Status(system_error("write", ENOSPC, path));
}

Status only_ours(int fd, const std::string& path) {
  const Result<FileFacts> facts = facts_of(fd, path);
  if (!facts.ok()) return facts.error();
  if (!S_ISREG(facts->mode)) {
    return Error{"NOT_A_FILE", "open", std::string("The lock file is ") + kind_of(facts->mode) + ".", path};
  }
  if (facts->owner != geteuid()) return Error{"EPERM", "open", "The lock file belongs to another user.", path};
  return {};
}

// is_locked() itself holds a shared lock for an instant. That must not look like a benchmark that runs, so ask again.
bool try_exclusive(int fd) {
  constexpr int kTries = 50;
  for (int i = 0; i < kTries; ++i) {
    if (flock(fd, LOCK_EX | LOCK_NB) == 0) return true;
    if (errno != EWOULDBLOCK && errno != EINTR) return false;
    sched_yield();
  }
  return false;
}

}  // namespace

Result<UniqueFd> take_lock(const std::string& path, const std::string& note) {
  UniqueFd file(open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, kAllMayRead));
  if (!file) return system_error("open", errno, path);
  if (Status status = only_ours(file.get(), path); !status.ok()) return std::move(status).error();
  if (!try_exclusive(file.get())) {
    if (errno != EWOULDBLOCK) return system_error("flock", errno, path);
    return Error{"EWOULDBLOCK", "flock", read_note(file.get()), path};
  }
  // Whatever the umask was: other users must be able to ask whether it is locked.
  if (fchmod(file.get(), kAllMayRead) != 0) return system_error("fchmod", errno, path);
  if (Status status = write_note(file.get(), path, note); !status.ok()) return std::move(status).error();
  return file;
}

Result<bool> is_locked(const std::string& path) {
  const UniqueFd file(open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!file && errno == ENOENT) return false;
  if (!file) return system_error("open", errno, path);
  if (flock(file.get(), LOCK_SH | LOCK_NB) == 0) return false;
  if (errno == EWOULDBLOCK) return true;
  return system_error("flock", errno, path);
}

}  // namespace zcl
