// direct-msg-zerocopy: the disk fills a ring of buffers past the page cache, and each is lent to the kernel as it is.
// No page cache and no copy by the CPU on the sending side, where the way to the network allows it.

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "core/counted.h"
#include "core/rounding.h"
#include "paths/direct_io.h"
#include "zerocopy/ring_mode.h"

namespace zcl {
namespace {

class DirectMsgZerocopy final : public RingMode {
 public:
  Status prepare(const Job& job) override {
    Result<DirectFile> file = open_direct(job.input.fd, O_RDONLY, job.input.path, calls_);
    if (!file.ok()) return std::move(file).error();
    file_ = std::move(*file);
    at_ = 0;
    if (Status status = go_to(job.input); !status.ok()) return status;
    const uint64_t buffer_bytes = round_up(job.buffer_bytes, file_.alignment);
    if (buffer_bytes != job.buffer_bytes) observe("directBufferBytes", buffer_bytes);
    return make_ring(job, file_.fd.get(), buffer_bytes, file_.alignment);
  }

  Status move(const Job& job) override {
    if (Status status = go_to(job.input); !status.ok()) return status;
    at_ = job.input.end();
    return RingMode::move(job);
  }

  void finish() override {
    RingMode::finish();
    close(file_.fd, calls_);
  }

 private:
  // A description of its own has a position of its own.
  Status go_to(const Input& input) {
    if (input.begin == at_) return {};
    if (input.begin % file_.alignment != 0) return misaligned(input);
    at_ = input.begin;
    const off_t there = calls_["lseek"]([&] { return lseek(file_.fd.get(), input.offset(), SEEK_SET); });
    return there < 0 ? Status(system_error("lseek", errno, input.path)) : Status();
  }

  Status misaligned(const Input& input) const {
    return Error{"EOPNOTSUPP", "open",
                 "Direct I/O begins at multiples of " + std::to_string(file_.alignment) +
                     " bytes here, and the range of a stream does not.",
                 input.path};
  }

  DirectFile file_;
  uint64_t at_ = 0;
};

const RegisterMode<DirectMsgZerocopy> kEntry("direct-msg-zerocopy");

}  // namespace
}  // namespace zcl
