// copy-file-range: the filesystem copies as it sees fit. It may share the blocks and move nothing, or copy like
// sendfile.

#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "core/shared_extents.h"
#include "output_loop.h"
#include "transfer.h"

namespace zcl {
namespace {

class CopyFileRange final : public Mode {
 public:
  Status move(const Job& job) override {
    const uint64_t most = most_bytes_per_call(job);
    uint64_t rest = job.input.bytes;
    while (rest > 0) {
      if (!job.proceed(job.input.bytes - rest)) return cancelled("copy_file_range");
      const long copied = copy_file_range_([&] { return ask_kernel(job, std::min(rest, most)); });
      if (copied > 0) {
        rest -= static_cast<uint64_t>(copied);
      } else if (copied == 0) {
        return short_source("copy_file_range", job.input.path);
      } else if (Status status = output_.ride_out(job, "copy_file_range", errno); !status.ok()) {
        return status;
      }
    }
    return {};
  }

  // Whether blocks are shared, which tells a clone from a copy.
  void look_at_output(const Job& job) override {
    if (job.input.bytes == 0) return;
    if (const auto shared = shared_bytes(job.output.fd, job.input.bytes)) observe("sharedBytes", *shared);
  }

 private:
  // Not the function of glibc 2.27 to 2.29, which copies by read and write where the kernel cannot.
  static long ask_kernel(const Job& job, uint64_t bytes) {
    return syscall(SYS_copy_file_range, job.input.fd, nullptr, job.output.fd, nullptr, bytes, 0);
  }

  SystemCall& copy_file_range_ = calls_["copy_file_range"];
  OutputLoop output_{calls_};
};

const RegisterMode<CopyFileRange> kEntry("copy-file-range");

}  // namespace
}  // namespace zcl
