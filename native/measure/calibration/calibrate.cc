#include "measure/calibration/calibrate.h"

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "measure/clock.h"

namespace zcl {
namespace {

constexpr int kRepetitions = 9;

using MakeGauge = std::unique_ptr<Gauge> (*)();
constexpr MakeGauge kGauges[] = {
    system_calls, file_calls,       file_copies, new_pages,        memory_copies,
    page_faults,  mapped_new_pages, splices,     context_switches, loopback,
};

/// Errors that say that something is not to be had here, whatever is done about space or rights to the folder.
bool not_to_be_had(const Error& error) {
  constexpr std::array<const char*, 7> kCodes = {"EINVAL", "ENODEV",       "ENOSYS",       "EOPNOTSUPP",
                                                 "EPERM",  "EAFNOSUPPORT", "EADDRNOTAVAIL"};
  return std::any_of(kCodes.begin(), kCodes.end(), [&](const char* code) { return error.code == code; });
}

}  // namespace

// In rounds of all gauges, so that a bad moment of the host costs each of them one repetition and none of them many.
// It also sees to it that what a gauge works on has left the caches since its last repetition.
Result<Calibration> calibrate(const std::string& directory, const Interrupt& interrupt) {
  const int64_t begun_ns = now_ns();
  Result<Workbench> bench = Workbench::set_up(directory);
  if (!bench.ok()) return std::move(bench).error();

  Calibration calibration;
  std::vector<std::unique_ptr<Gauge>> gauges;
  for (const MakeGauge make : kGauges) {
    std::unique_ptr<Gauge> gauge = make();
    UnitCosts warm_up;
    Status status = gauge->prepare(*bench);
    if (status.ok()) status = gauge->measure(*bench, warm_up);
    if (interrupt.requested()) return cancelled("calibrate");
    if (status.ok()) {
      gauges.push_back(std::move(gauge));
    } else if (!not_to_be_had(status.error())) {
      return std::move(status).error();
    }
  }
  for (int repetition = 0; repetition < kRepetitions; ++repetition) {
    for (const std::unique_ptr<Gauge>& gauge : gauges) {
      if (interrupt.requested()) return cancelled("calibrate");
      if (Status status = gauge->measure(*bench, calibration.unit_costs); !status.ok()) {
        return std::move(status).error();
      }
    }
  }
  calibration.duration_ns = now_ns() - begun_ns;
  return calibration;
}

}  // namespace zcl
