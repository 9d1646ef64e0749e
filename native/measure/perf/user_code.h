#pragma once

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace zcl {

/// Where in user space a sample was taken: in the C library's copying routine, or else in which file.
class UserCode {
 public:
  /// Knows what this process has mapped.
  UserCode();

  /// PERF_RECORD_MMAP: a process has mapped code.
  void mapped(pid_t process, uint64_t start, uint64_t bytes, uint64_t offset, std::string file);

  /// `memcpy`, the last part of the file's name, or nothing where no file is known.
  std::string name_of(pid_t process, uint64_t address) const;

 private:
  struct View {
    uint64_t end;
    uint64_t offset;
    std::string file;
  };
  using Views = std::map<uint64_t, View>;  // by their start

  const View* view_at(const Views& views, uint64_t address, uint64_t& start) const;
  std::optional<uint64_t> as_ours(const View& view, uint64_t offset) const;

  std::map<pid_t, Views> processes_;
};

}  // namespace zcl
