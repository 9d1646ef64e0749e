// A liar, for tests only: changes one bit after a third of the way and reports success.

#include "liars/liar.h"

namespace zcl {
namespace {

class FlipsBit final : public Liar {
 public:
  Status move(const Job& job) override {
    const uint64_t third = job.input.bytes / 3;
    if (Status status = copy(job, 0, third); !status.ok()) return status;
    std::byte flipped{};
    if (pread64(job.input.fd, &flipped, 1, static_cast<off64_t>(third)) != 1) {
      return short_source("pread", job.input.path);
    }
    flipped ^= std::byte{4};
    if (Status status = output_.write_all(job, &flipped, 1); !status.ok()) return status;
    return copy(job, third + 1, job.input.bytes - third - 1);
  }
};

const RegisterMode<FlipsBit> kEntry("liar-flips-bit");

}  // namespace
}  // namespace zcl
