// read-msg-zerocopy: reads into a ring of buffers and lends each to the kernel. One copy, from the page cache into the
// buffer; none into the socket, where the way to the network allows it.

#include "zerocopy/ring_mode.h"

namespace zcl {
namespace {

class ReadMsgZerocopy final : public RingMode {
 public:
  Status prepare(const Job& job) override { return make_ring(job, job.input.fd, job.buffer_bytes, 1); }
};

const RegisterMode<ReadMsgZerocopy> kEntry("read-msg-zerocopy");

}  // namespace
}  // namespace zcl
