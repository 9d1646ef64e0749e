#include "measure/calibration/workbench.h"

#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "core/available_memory.h"
#include "core/rounding.h"
#include "paths/unnamed_file.h"

namespace zcl {
namespace {

constexpr size_t kMebibyte = size_t{1} << 20;
constexpr size_t kLeastWarm = 16 * kMebibyte;
constexpr size_t kMostWarm = 64 * kMebibyte;
constexpr size_t kMostMemory = 8 * kMebibyte;

/// Free for this user on the filesystem of `fd`; "no limit" where it does not say, as some in memory do.
size_t free_bytes(int fd) {
  struct statvfs64 facts {};
  if (fstatvfs64(fd, &facts) != 0 || facts.f_blocks == 0) return SIZE_MAX;
  return facts.f_bavail * facts.f_frsize;
}

}  // namespace

Result<Workbench> Workbench::set_up(const std::string& directory) {
  Result<UniqueFd> file = open_unnamed_file(directory);
  if (!file.ok()) return std::move(file).error();
  const CacheSizes caches = cache_sizes();
  const size_t wanted = std::clamp(2 * caches.l3, kLeastWarm, kMostWarm);
  const size_t warm_bytes = std::max(round_down(std::min(wanted, free_bytes(file->get()) / 4), kMebibyte), kMebibyte);
  if (Status status = check_memory(warm_bytes + kMostMemory); !status.ok()) return std::move(status).error();
  const size_t memory_bytes =
      std::min({std::max(caches.l3 / 4, kMebibyte), kMostMemory, std::max(warm_bytes / 4, kMebibyte)});
  Result<Mapping> memory = Mapping::buffer(memory_bytes);
  if (!memory.ok()) return std::move(memory).error();
  std::memset(memory->data(), 'z', memory->size());
  Workbench bench(directory, std::move(*file), warm_bytes, std::move(*memory));
  // A MiB at a time, as generated sources are written: the page cache then holds it in folios of the same sizes.
  for (size_t at = 0; at < warm_bytes; at += kMebibyte) {
    const ssize_t taken = write(bench.warm_file(), bench.memory(), kMebibyte);
    if (Status status = bench.expect("write", taken, kMebibyte); !status.ok()) return std::move(status).error();
  }
  return bench;
}

off_t Workbench::next_window(size_t bytes) {
  if (next_ + bytes > warm_bytes_) next_ = 0;
  const size_t window = next_;
  next_ += round_up(bytes, kMebibyte / 16);
  return static_cast<off_t>(window);
}

Result<int> Workbench::written_by(size_t size) {
  UniqueFd& file = written_by_[size];
  if (file) return file.get();
  Result<UniqueFd> fresh = fresh_file();
  if (!fresh.ok()) return std::move(fresh).error();
  for (size_t at = 0; at < std::max(size, kMebibyte); at += size) {
    if (Status status = expect("write", write(fresh->get(), memory(), size), size); !status.ok()) {
      return std::move(status).error();
    }
  }
  file = std::move(*fresh);
  return file.get();
}

Result<UniqueFd> Workbench::fresh_file() const {
  return open_unnamed_file(directory_);
}

Status Workbench::expect(const char* call, ssize_t done, size_t wanted) const {
  if (done == static_cast<ssize_t>(wanted)) return {};
  // Regular files give or take less than asked for only where there is no more.
  return system_error(call, done < 0 ? errno : ENOSPC, directory_);
}

}  // namespace zcl
