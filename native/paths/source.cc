#include "paths/source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "core/counted.h"
#include "core/file_facts.h"
#include "core/mapping.h"
#include "core/random.h"
#include "paths/reopen.h"
#include "paths/unnamed_file.h"

namespace zcl {
namespace {

constexpr size_t kPassBytes = size_t{1} << 20;  // per call of the passes over a whole file; nothing is measured there

Status only_regular(const FileFacts& facts, const std::string& path) {
  if (S_ISREG(facts.mode)) return {};
  return Error{"NOT_A_FILE", "open", std::string("This is ") + kind_of(facts.mode) + ", not a regular file.", path};
}

Status write_seeded(int fd, const std::string& directory, uint64_t bytes, uint64_t seed, const Interrupt& interrupt) {
  Result<Mapping> buffer = Mapping::buffer(std::min<uint64_t>(bytes, kPassBytes));
  if (!buffer.ok()) return std::move(buffer).error();
  for (uint64_t at = 0; at < bytes;) {
    if (interrupt.requested()) return cancelled("write");
    const size_t chunk = std::min<uint64_t>(bytes - at, buffer->size());
    fill_seeded(buffer->data(), chunk, seed, at / sizeof(uint64_t));
    for (size_t done = 0; done < chunk;) {
      const ssize_t taken = pwrite64(fd, buffer->data() + done, chunk - done, static_cast<off64_t>(at + done));
      if (taken < 0 && errno == EINTR) continue;
      if (taken < 0) return system_error("write", errno, directory);
      done += static_cast<size_t>(taken);
    }
    at += chunk;
  }
  return {};
}

}  // namespace

Result<Source> Source::adopt(UniqueFd fd, const std::string& path) {
  const Result<FileFacts> facts = facts_of(fd.get(), path);
  if (!facts.ok()) return facts.error();
  if (Status status = only_regular(*facts, path); !status.ok()) return std::move(status).error();
  return Source(std::move(fd), path, facts->bytes, facts->modified_ns);
}

Result<Source> Source::open_file(const std::string& path) {
  // Looked at before it is opened: opening a device can have effects. Looked at again after, on the descriptor, because
  // the name may lead elsewhere by then; O_NONBLOCK keeps a FIFO that slipped in from blocking us.
  const Result<FileFacts> facts = facts_of(path);
  if (!facts.ok()) return Error{facts.error().code, "open", facts.error().message, path};
  if (Status status = only_regular(*facts, path); !status.ok()) return std::move(status).error();
  UniqueFd fd(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!fd) return system_error("open", errno, path);
  return adopt(std::move(fd), path);
}

Result<Source> Source::generate(const std::string& directory, uint64_t bytes, uint64_t seed, Link link,
                                const Interrupt& interrupt) {
  Result<UniqueFd> file = open_unnamed_file(directory, link);
  if (!file.ok()) return std::move(file).error();
  Status status = write_seeded(file->get(), directory, bytes, seed, interrupt);
  if (!status.ok()) return std::move(status).error();
  if (fdatasync(file->get()) != 0) return system_error("fdatasync", errno, directory);
  return adopt(std::move(*file), directory);
}

Result<Source> Source::share() const {
  UniqueFd fd(fcntl(fd_.get(), F_DUPFD_CLOEXEC, 0));
  if (!fd) return system_error("fcntl", errno, path_);
  return Source(std::move(fd), path_, bytes_, modified_ns_);
}

Result<Source> Source::reopen() const {
  Result<UniqueFd> fd = zcl::reopen(fd_.get(), O_RDONLY, path_);
  if (!fd.ok()) return std::move(fd).error();
  return Source(std::move(*fd), path_, bytes_, modified_ns_);
}

void Source::close(CallCounter& calls) {
  zcl::close(fd_, calls);
}

Status Source::unchanged() const {
  const Result<FileFacts> now = facts_of(fd_.get(), path_);
  if (!now.ok()) return now.error();
  if (now->bytes == bytes_ && now->modified_ns == modified_ns_) return {};
  return Error{"CHANGED", "statx", "Size or modification time of the source changed meanwhile.", path_};
}

Status Source::long_enough() const {
  const Result<FileFacts> now = facts_of(fd_.get(), path_);
  if (!now.ok()) return now.error();
  return now->bytes < bytes_ ? Status(short_source("statx", path_)) : Status();
}

Status Source::warm(const Interrupt& interrupt) const {
  Result<Mapping> buffer = Mapping::buffer(kPassBytes);
  if (!buffer.ok()) return std::move(buffer).error();
  for (uint64_t at = 0; at < bytes_;) {
    if (interrupt.requested()) return cancelled("read");
    const ssize_t got = pread64(fd_.get(), buffer->data(), buffer->size(), static_cast<off64_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_error("read", errno, path_);
    if (got == 0) return short_source("read", path_);
    at += static_cast<uint64_t>(got);
  }
  return {};
}

Status Source::drop() const {
  // EINVAL and EROFS: a filesystem with nothing to write back.
  if (fdatasync(fd_.get()) != 0 && errno != EINVAL && errno != EROFS) return system_error("fdatasync", errno, path_);
  const int error = posix_fadvise(fd_.get(), 0, 0, POSIX_FADV_DONTNEED);
  return error == 0 ? Status() : Status(system_error("posix_fadvise", error, path_));
}

}  // namespace zcl
