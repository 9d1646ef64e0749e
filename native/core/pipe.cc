#include "core/pipe.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>

#include "core/counted.h"

namespace zcl {
namespace {

constexpr uint64_t kSmallest = uint64_t{64} << 10;  // what a new pipe has anyway, with pages of 4 KiB
constexpr uint64_t kLargest = uint64_t{1} << 20;    // what the kernel gives every user by default (pipe-max-size)

Error refused(uint64_t wanted, int error) {
  if (error != EPERM) return system_error("fcntl", error);
  return {"EPERM",
          "fcntl",
          "This user may not have a pipe of " + std::to_string(wanted) +
              " bytes: the limits are /proc/sys/fs/pipe-max-size and pipe-user-pages-soft.",
          {}};
}

}  // namespace

Result<Pipe> Pipe::of_size(std::optional<uint64_t> wanted, uint64_t buffer_bytes, CallCounter& calls) {
  int ends[2];
  if (calls["pipe2"]([&] { return pipe2(ends, O_CLOEXEC); }) != 0) return system_error("pipe2", errno);
  Pipe pipe;
  pipe.read_end_ = UniqueFd(ends[0]);
  pipe.write_end_ = UniqueFd(ends[1]);

  const uint64_t size = wanted.value_or(std::clamp(buffer_bytes, kSmallest, kLargest));
  SystemCall& ask = calls["fcntl"];
  const int set = ask([&] { return fcntl(pipe.write_end(), F_SETPIPE_SZ, static_cast<int>(size)); });
  if (set < 0 && wanted) return refused(size, errno);
  const int given = ask([&] { return fcntl(pipe.write_end(), F_GETPIPE_SZ); });
  if (given < 0) return system_error("fcntl", errno);
  pipe.bytes_ = static_cast<uint64_t>(given);
  return pipe;
}

void Pipe::close(CallCounter& calls) {
  zcl::close(read_end_, calls);
  zcl::close(write_end_, calls);
}

}  // namespace zcl
