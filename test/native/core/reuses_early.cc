// A liar, for tests only: read-msg-zerocopy that writes a buffer again before the kernel is done with it.

#include "zerocopy/ring_mode.h"

namespace zcl {
namespace {

class ReusesEarly final : public RingMode {
 public:
  Status prepare(const Job& job) override { return make_ring(job, job.input.fd, job.buffer_bytes, 1); }

 protected:
  Status await_release(const Job&, const Sends&) override { return {}; }
};

const RegisterMode<ReusesEarly> kEntry("liar-reuses-early");

}  // namespace
}  // namespace zcl
