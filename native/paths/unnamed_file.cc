#include "paths/unnamed_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

#include "core/random.h"

namespace zcl {
namespace {

constexpr mode_t kOnlyOurs = S_IRUSR | S_IWUSR;

// EISDIR comes from kernels before 3.11, which take O_TMPFILE for a mere O_DIRECTORY.
bool has_no_tmpfile(int error) {
  return error == EOPNOTSUPP || error == EISDIR || error == EINVAL;
}

Result<UniqueFd> create_and_unlink(const std::string& directory, CallCounter& calls) {
  uint64_t number = 0;
  Status random = calls["getrandom"]([&] { return fill_random(&number, sizeof number); });
  if (!random.ok()) return std::move(random).error();
  const std::string path = directory + "/.zero-copy-lab-" + std::to_string(number);
  constexpr int kFlags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
  UniqueFd file(calls["open"]([&] { return open(path.c_str(), kFlags, kOnlyOurs); }));
  if (!file) return system_error("open", errno, directory);
  if (calls["unlink"]([&] { return unlink(path.c_str()); }) != 0) return system_error("unlink", errno, path);
  return file;
}

}  // namespace

Result<UniqueFd> open_unnamed_file(const std::string& directory, Link link, CallCounter& calls) {
  // O_EXCL with O_TMPFILE: nobody can give the file a name later.
  const int exclusive = link == Link::kNever ? O_EXCL : 0;
  const int flags = O_TMPFILE | O_RDWR | exclusive | O_CLOEXEC;
  UniqueFd file(calls["open"]([&] { return open(directory.c_str(), flags, kOnlyOurs); }));
  if (file) return file;
  if (has_no_tmpfile(errno)) return create_and_unlink(directory, calls);
  return system_error("open", errno, directory);
}

}  // namespace zcl
