#pragma once

#include <sys/types.h>

#include <cstddef>
#include <map>
#include <string>
#include <utility>

#include "core/mapping.h"
#include "core/result.h"
#include "core/unique_fd.h"
#include "measure/calibration/cache_sizes.h"
#include "measure/clock.h"

namespace zcl {

/// What the gauges work on: a folder, a file that is in the page cache, and memory that is there.
class Workbench {
 public:
  /// The file is unnamed and twice as large as the last cache, at least 16 MiB and at most 64 MiB, but no more than a
  /// quarter of what is free in `directory`.
  static Result<Workbench> set_up(const std::string& directory);

  const std::string& directory() const { return directory_; }
  const CacheSizes& caches() const { return caches_; }

  int warm_file() const { return warm_file_.get(); }
  size_t warm_bytes() const { return warm_bytes_; }

  /// Memory of the program's, as large as a quarter of the last cache, 8 MiB at most, and no more than a quarter of the
  /// file.
  std::byte* memory() const { return memory_.data(); }
  size_t memory_bytes() const { return memory_.size(); }

  /// Where the next `bytes` (at most a quarter of it) of the warm file begin, going round: what was touched longest ago
  /// and is in no cache any more, as far as the file is larger than they are.
  off_t next_window(size_t bytes);

  /// The descriptor of a file of a MiB, or of `size` where that is more, that was written `size` bytes at a time: its
  /// folios are as large as such writes make them. That matters for writing to it again, because a filesystem with
  /// buffer heads goes through all those of a folio for each write (fs/buffer.c: __block_write_begin_int). Made when
  /// first asked for.
  Result<int> written_by(size_t size);

  /// An empty unnamed file in the folder.
  Result<UniqueFd> fresh_file() const;

  /// An error for a call that did not do all it was asked for.
  Status expect(const char* call, ssize_t done, size_t wanted) const;

 private:
  Workbench(std::string directory, UniqueFd warm_file, size_t warm_bytes, Mapping memory)
      : directory_(std::move(directory)),
        warm_file_(std::move(warm_file)),
        warm_bytes_(warm_bytes),
        memory_(std::move(memory)) {}

  std::string directory_;
  CacheSizes caches_ = cache_sizes();
  UniqueFd warm_file_;
  size_t warm_bytes_;
  Mapping memory_;
  std::map<size_t, UniqueFd> written_by_;
  size_t next_ = 0;
};

/// CPU time of the calling thread that `work`, which gives a Status, takes, in ns. Not wall time: what others do with
/// the CPU meanwhile is no cost of the work.
template <class Work>
Result<double> cpu_time(Work&& work) {
  const int64_t begun = read_clock(CLOCK_THREAD_CPUTIME_ID);
  Status status = work();
  const int64_t done = read_clock(CLOCK_THREAD_CPUTIME_ID);
  if (!status.ok()) return std::move(status).error();
  return static_cast<double>(done - begun);
}

}  // namespace zcl
