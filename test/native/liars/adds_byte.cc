// A liar, for tests only: writes one byte too many and reports success.

#include "liars/liar.h"

namespace zcl {
namespace {

class AddsByte final : public Liar {
 public:
  Status move(const Job& job) override {
    if (Status status = copy(job, 0, job.input.bytes); !status.ok()) return status;
    return copy(job, 0, 1);
  }
};

const RegisterMode<AddsByte> kEntry("liar-adds-byte");

}  // namespace
}  // namespace zcl
