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

Result<UniqueFd> create_and_unlink(const std::string& directory) {
  uint64_t number = 0;
  if (Status status = fill_random(&number, sizeof number); !status.ok()) return std::move(status).error();
  const std::string path = directory + "/.zero-copy-lab-" + std::to_string(number);
  UniqueFd file(open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, kOnlyOurs));
  if (!file) return system_error("open", errno, directory);
  if (unlink(path.c_str()) != 0) return system_error("unlink", errno, path);
  return file;
}

}  // namespace

Result<UniqueFd> open_unnamed_file(const std::string& directory, Link link) {
  // O_EXCL with O_TMPFILE: nobody can give the file a name later.
  const int exclusive = link == Link::kNever ? O_EXCL : 0;
  UniqueFd file(open(directory.c_str(), O_TMPFILE | O_RDWR | exclusive | O_CLOEXEC, kOnlyOurs));
  if (file) return file;
  if (has_no_tmpfile(errno)) return create_and_unlink(directory);
  return system_error("open", errno, directory);
}

}  // namespace zcl
