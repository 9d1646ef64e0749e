// sendfile: the kernel moves the bytes and user space never sees them. As few calls as the kernel's cap allows.

#include <sys/sendfile.h>

#include <algorithm>
#include <cerrno>

#include "output_loop.h"
#include "transfer.h"

namespace zcl {
namespace {

class Sendfile final : public Mode {
 public:
  Status move(const Job& job) override {
    const uint64_t most = most_bytes_per_call(job);
    uint64_t rest = job.input.bytes;
    while (rest > 0) {
      if (!job.proceed(job.input.bytes - rest)) return cancelled("sendfile");
      // No offset pointer: the file's own position advances by what was really sent, also when a signal cuts it short.
      const size_t wanted = std::min(rest, most);
      const ssize_t sent = sendfile_([&] { return sendfile(job.output.fd, job.input.fd, nullptr, wanted); });
      if (sent > 0) {
        rest -= static_cast<uint64_t>(sent);
      } else if (sent == 0) {
        return short_source("sendfile", job.input.path);
      } else if (Status status = output_.ride_out(job, "sendfile", errno); !status.ok()) {
        return status;
      }
    }
    return {};
  }

 private:
  SystemCall& sendfile_ = calls_["sendfile"];
  OutputLoop output_{calls_};
};

const RegisterMode<Sendfile> kEntry("sendfile");

}  // namespace
}  // namespace zcl
