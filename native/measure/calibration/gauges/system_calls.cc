// system-call: into the kernel and back, with nothing to do there.

#include <sys/syscall.h>
#include <unistd.h>

#include "measure/calibration/gauge.h"

namespace zcl {
namespace {

constexpr int kCalls = 2048;

class SystemCalls final : public Gauge {
 public:
  Status measure(Workbench&, UnitCosts& costs) override {
    const Result<double> ns = cpu_time([] {
      // Not getppid(): a library might answer for the kernel.
      for (int i = 0; i < kCalls; ++i) syscall(SYS_getppid);
      return Status();
    });
    costs["system-call"].push_back(*ns / kCalls);
    return {};
  }
};

}  // namespace

std::unique_ptr<Gauge> system_calls() {
  return std::make_unique<SystemCalls>();
}

}  // namespace zcl
