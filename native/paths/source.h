#pragma once

#include <cstdint>
#include <string>

#include "core/interrupt.h"
#include "core/result.h"
#include "core/unique_fd.h"
#include "measure/calls.h"
#include "paths/unnamed_file.h"

namespace zcl {

/// The file the bytes come from. Opened once, never written to, and remembered as it was then.
class Source {
 public:
  Source() = default;  ///< no file

  /// A file of the user's. Anything but a regular file (after symbolic links) is NOT_A_FILE, and is not opened.
  static Result<Source> open_file(const std::string& path);

  /// `bytes` incompressible bytes, the same ones for the same seed, in an unnamed file in `directory`, on the disk.
  static Result<Source> generate(const std::string& directory, uint64_t bytes, uint64_t seed, Link link,
                                 const Interrupt& interrupt);

  uint64_t bytes() const { return bytes_; }
  int fd() const { return fd_.get(); }
  const std::string& path() const { return path_; }

  /// The same open file, to be closed apart: for handing to another thread. Shares the file offset.
  Result<Source> share() const;

  /// The same file opened anew: an offset of its own at 0, and a read-ahead state no earlier transfer has shaped.
  Result<Source> reopen() const;

  /// Closes it before its time, as a call that is counted.
  void close(CallCounter& calls);

  /// CHANGED if size or mtime are no longer what they were on opening.
  Status unchanged() const;

  /// SHORT if the file has become smaller than `bytes()`.
  Status long_enough() const;

  /// Reads everything once, and so fills the page cache.
  Status warm(const Interrupt& interrupt) const;

  /// fdatasync, then POSIX_FADV_DONTNEED, which only drops clean pages nobody has mapped.
  Status drop() const;

 private:
  Source(UniqueFd fd, std::string path, uint64_t bytes, int64_t modified_ns)
      : fd_(std::move(fd)), path_(std::move(path)), bytes_(bytes), modified_ns_(modified_ns) {}

  static Result<Source> adopt(UniqueFd fd, const std::string& path);

  UniqueFd fd_;
  std::string path_;  // for messages
  uint64_t bytes_ = 0;
  int64_t modified_ns_ = 0;
};

}  // namespace zcl
