// A liar, for tests only: leaves out one byte in the middle and reports success.

#include "liars/liar.h"

namespace zcl {
namespace {

class DropsByte final : public Liar {
 public:
  Status move(const Job& job) override {
    const uint64_t middle = job.input.bytes / 2;
    if (Status status = copy(job, 0, middle); !status.ok()) return status;
    return copy(job, middle + 1, job.input.bytes - middle - 1);
  }
};

const RegisterMode<DropsByte> kEntry("liar-drops-byte");

}  // namespace
}  // namespace zcl
