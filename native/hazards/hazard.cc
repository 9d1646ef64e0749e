#include "hazards/hazard.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "core/mapping.h"
#include "core/random.h"

namespace zcl {
namespace {

constexpr size_t kPassBytes = size_t{1} << 20;
constexpr int kOtherByte = 0xa5;  // random contents differ from it in nearly every byte

/// Writes `bytes` that the source did not hold, from `offset` on.
Status write_other_bytes(int file, uint64_t offset, uint64_t bytes, const std::string& path) {
  Result<Mapping> buffer = Mapping::buffer(std::min<uint64_t>(bytes, kPassBytes));
  if (!buffer.ok()) return std::move(buffer).error();
  std::memset(buffer->data(), kOtherByte, buffer->size());
  while (bytes > 0) {
    const ssize_t taken =
        pwrite64(file, buffer->data(), std::min<uint64_t>(bytes, buffer->size()), static_cast<off64_t>(offset));
    if (taken < 0 && errno == EINTR) continue;
    if (taken < 0) return system_error("pwrite", errno, path);
    offset += static_cast<uint64_t>(taken);
    bytes -= static_cast<uint64_t>(taken);
  }
  return {};
}

}  // namespace

void Hazard::reached(uint64_t) {
  if (happened_.load()) return;
  status_ = bring_about();
  happened_.store(true);
}

Status Hazard::bring_about() const {
  switch (kind_) {
    case HazardKind::kSourceTruncated:
      if (ftruncate64(source_, static_cast<off64_t>(at_byte_)) == 0) return {};
      return system_error("ftruncate", errno, directory_);
    case HazardKind::kSourceAppended:
      return append();
    case HazardKind::kSourceOverwritten:
      return overwrite();
    case HazardKind::kSourceDeleted:
      return remove();
    default:
      return {};
  }
}

Status Hazard::append() const {
  return write_other_bytes(source_, bytes_, kPassBytes, directory_);
}

Status Hazard::overwrite() const {
  return write_other_bytes(source_, 0, bytes_, directory_);
}

// A file that has no name gets one only to lose it: the last link goes in the middle of the transfer, and a process
// that is killed leaves nothing behind but in the instant between the two calls.
Status Hazard::remove() const {
  uint64_t number = 0;
  if (Status status = fill_random(&number, sizeof number); !status.ok()) return status;
  const std::string self = "/proc/self/fd/" + std::to_string(source_);
  const std::string name = directory_ + "/.zero-copy-lab-" + std::to_string(number);
  if (linkat(AT_FDCWD, self.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) != 0) {
    return system_error("linkat", errno, directory_);
  }
  if (unlink(name.c_str()) != 0) return system_error("unlink", errno, name);
  return {};
}

FileSizeLimit::FileSizeLimit(uint64_t bytes) {
  rlimit64 limit{};
  getrlimit64(RLIMIT_FSIZE, &limit);
  before_ = limit.rlim_cur;
  limit.rlim_cur = std::min<rlim64_t>(bytes, limit.rlim_max);
  setrlimit64(RLIMIT_FSIZE, &limit);
}

FileSizeLimit::~FileSizeLimit() {
  rlimit64 limit{};
  getrlimit64(RLIMIT_FSIZE, &limit);
  limit.rlim_cur = before_;
  setrlimit64(RLIMIT_FSIZE, &limit);
}

}  // namespace zcl
