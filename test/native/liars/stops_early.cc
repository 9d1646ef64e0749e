// A liar, for tests only: leaves out the last three bytes and reports success.

#include "liars/liar.h"

namespace zcl {
namespace {

class StopsEarly final : public Liar {
 public:
  Status move(const Job& job) override { return copy(job, 0, job.input.bytes - 3); }
};

const RegisterMode<StopsEarly> kEntry("liar-stops-early");

}  // namespace
}  // namespace zcl
