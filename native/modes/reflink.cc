// reflink: FICLONE, one call that moves no data. Both files have the same blocks until one of them is written to. The
// clone is of all the file has at that moment, also of what was appended since it was opened.

#include <linux/fs.h>
#include <sys/ioctl.h>

#include <cerrno>

#include "core/shared_extents.h"
#include "output_loop.h"
#include "transfer.h"

namespace zcl {
namespace {

class Reflink final : public Mode {
 public:
  Status prepare(const Job& job) override {
    return job.bytes_per_second ? bad_argument("reflink moves no data, so there is nothing that could be paced.")
                                : Status();
  }

  Status move(const Job& job) override {
    if (job.input.bytes == 0) return {};
    if (!job.proceed(0)) return cancelled("ioctl");
    while (ioctl_([&] { return ioctl(job.output.fd, FICLONE, job.input.fd); }) != 0) {
      if (Status status = output_.ride_out(job, "ioctl", errno); !status.ok()) return status;
    }
    return {};
  }

  void look_at_output(const Job& job) override {
    if (job.input.bytes == 0) return;
    if (const auto shared = shared_bytes(job.output.fd, job.input.bytes)) observe("sharedBytes", *shared);
  }

 private:
  SystemCall& ioctl_ = calls_["ioctl"];
  OutputLoop output_{calls_};
};

const RegisterMode<Reflink> kEntry("reflink");

}  // namespace
}  // namespace zcl
