#include "measure/residency.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <vector>

#include "core/file_facts.h"
#include "core/mapping.h"

namespace zcl {
namespace {

constexpr long kCachestat = 451;  // the same number on every architecture; too new for the C library's header

struct CachestatRange {
  uint64_t offset;
  uint64_t length;
};

struct Cachestat {
  uint64_t cached, dirty, writeback, evicted, recently_evicted;
};

uint64_t pages_of(uint64_t bytes) {
  const auto page = static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
  return (bytes + page - 1) / page;
}

double share(uint64_t cached, uint64_t bytes) {
  return std::min(1.0, static_cast<double>(cached) / static_cast<double>(pages_of(bytes)));
}

// mm/mincore.c, can_do_mincore: the truth is for the owner, for who may write, and for who could become either.
bool mincore_tells_the_truth(int fd) {
  const Result<FileFacts> facts = facts_of(fd);
  if (facts.ok() && facts->owner == geteuid()) return true;
  const std::string self = "/proc/self/fd/" + std::to_string(fd);
  return faccessat(AT_FDCWD, self.c_str(), W_OK, AT_EACCESS) == 0;
}

Result<std::optional<double>> ask_mincore(int fd, uint64_t bytes) {
  if (!mincore_tells_the_truth(fd)) return std::optional<double>();
  constexpr uint64_t kWindow = uint64_t{1} << 30;
  std::vector<unsigned char> pages(pages_of(std::min(bytes, kWindow)));
  uint64_t cached = 0;
  for (uint64_t at = 0; at < bytes; at += kWindow) {
    const uint64_t length = std::min(bytes - at, kWindow);
    Result<Mapping> view = Mapping::of_file(fd, length, static_cast<off_t>(at));
    if (!view.ok()) return std::move(view).error();
    if (mincore(view->data(), length, pages.data()) != 0) return system_error("mincore", errno);
    cached += static_cast<uint64_t>(std::count_if(pages.begin(), pages.begin() + static_cast<long>(pages_of(length)),
                                                  [](unsigned char page) { return (page & 1) != 0; }));
  }
  return std::optional(share(cached, bytes));
}

}  // namespace

Result<std::optional<double>> residency(int fd, uint64_t bytes) {
  if (bytes == 0) return std::optional(1.0);
  CachestatRange range{0, bytes};
  Cachestat answer{};
  const bool answered = syscall(kCachestat, fd, &range, &answer, 0) == 0;
  if (!answered && errno == EPERM) return std::optional<double>();
  if (answered && answer.cached > 0) return std::optional(share(answer.cached, bytes));
  return ask_mincore(fd, bytes);
}

}  // namespace zcl
