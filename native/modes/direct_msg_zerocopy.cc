// direct-msg-zerocopy: the disk fills a ring of buffers past the page cache, and each is lent to the kernel as it is.
// No page cache and no copy by the CPU on the sending side, where the way to the network allows it.

#include <fcntl.h>

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
    const uint64_t buffer_bytes = round_up(job.buffer_bytes, file_.alignment);
    if (buffer_bytes != job.buffer_bytes) observe("directBufferBytes", buffer_bytes);
    return make_ring(job, file_.fd.get(), buffer_bytes, file_.alignment);
  }

  void finish() override {
    RingMode::finish();
    close(file_.fd, calls_);
  }

 private:
  DirectFile file_;
};

const RegisterMode<DirectMsgZerocopy> kEntry("direct-msg-zerocopy");

}  // namespace
}  // namespace zcl
