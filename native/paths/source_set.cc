#include "paths/source_set.h"

#include <dirent.h>
#include <sys/resource.h>

#include <algorithm>
#include <cerrno>

#include "measure/residency.h"

namespace zcl {
namespace {

/// Room for what else this process may open meanwhile: sockets, pipes, files of the program it is part of.
constexpr uint64_t kSpareDescriptors = 128;

uint64_t open_descriptors() {
  const std::unique_ptr<DIR, int (*)(DIR*)> all(opendir("/proc/self/fd"), closedir);
  uint64_t count = 0;
  while (all && readdir(all.get()) != nullptr) ++count;  // NOLINT(concurrency-mt-unsafe): nobody else reads it
  return count;
}

/// So that `count` more files can be open.
Status raise_limit_of_open_files(uint64_t count) {
  rlimit64 limit{};
  if (getrlimit64(RLIMIT_NOFILE, &limit) != 0) return system_error("getrlimit", errno);
  const uint64_t others = open_descriptors() + kSpareDescriptors;
  if (count > limit.rlim_max || others > limit.rlim_max - count) {
    return Error{"EMFILE",
                 "setrlimit",
                 std::to_string(count) + " files cannot be open at once: this process may have " +
                     std::to_string(limit.rlim_max) + " descriptors (ulimit -Hn), and needs some for itself.",
                 {}};
  }
  if (limit.rlim_cur >= others + count) return {};
  limit.rlim_cur = others + count;
  return setrlimit64(RLIMIT_NOFILE, &limit) == 0 ? Status() : Status(system_error("setrlimit", errno));
}

/// Not make_shared, which asks libstdc++ for GLIBCXX_3.4.26, above our floor.
std::shared_ptr<const std::vector<Source>> share(std::vector<Source> files) {
  return std::make_unique<const std::vector<Source>>(std::move(files));
}

}  // namespace

SourceSet::SourceSet(Source only) {
  std::vector<Source> files;
  files.push_back(std::move(only));
  files_ = share(std::move(files));
}

Result<SourceSet> SourceSet::generate(const std::string& directory, uint64_t bytes, uint64_t count, uint64_t seed,
                                      const Interrupt& interrupt) {
  if (Status status = raise_limit_of_open_files(count); !status.ok()) return std::move(status).error();
  std::vector<Source> files;
  files.reserve(count);
  for (uint64_t i = 0; i < count; ++i) {
    Result<Source> file = Source::generate(directory, bytes, seed + i, Link::kNever, interrupt);
    if (!file.ok()) return std::move(file).error();
    files.push_back(std::move(*file));
  }
  SourceSet set;
  set.files_ = share(std::move(files));
  return set;
}

// Files of one size weigh the same.
Result<std::optional<double>> SourceSet::residency() const {
  double sum = 0;
  for (const Source& file : *files_) {
    Result<std::optional<double>> share = zcl::residency(file.fd(), file.bytes());
    if (!share.ok() || !*share) return share;
    sum += **share;
  }
  return std::optional(sum / static_cast<double>(files_->size()));
}

Status SourceSet::warm(const Interrupt& interrupt) const {
  for (const Source& file : *files_) {
    if (Status status = file.warm(interrupt); !status.ok()) return status;
  }
  return {};
}

Status SourceSet::drop() const {
  for (const Source& file : *files_) {
    if (Status status = file.drop(); !status.ok()) return status;
  }
  return {};
}

Status SourceSet::unchanged() const {
  for (const Source& file : *files_) {
    if (Status status = file.unchanged(); !status.ok()) return status;
  }
  return {};
}

}  // namespace zcl
