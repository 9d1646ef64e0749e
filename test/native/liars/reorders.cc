// A liar, for tests only: lets the first two chunks change places and reports success.

#include "liars/liar.h"

namespace zcl {
namespace {

class Reorders final : public Liar {
 public:
  Status move(const Job& job) override {
    const uint64_t chunk = job.buffer_bytes;
    if (Status status = copy(job, chunk, chunk); !status.ok()) return status;
    if (Status status = copy(job, 0, chunk); !status.ok()) return status;
    return copy(job, 2 * chunk, job.input.bytes - 2 * chunk);
  }
};

const RegisterMode<Reorders> kEntry("liar-reorders");

}  // namespace
}  // namespace zcl
