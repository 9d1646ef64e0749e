#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/result.h"
#include "measure/calibration/workbench.h"

namespace zcl {

/// What each repetition measured of each unit cost, by its name in src/model/cost/units.ts: ns per occurrence, or ns
/// per byte.
using UnitCosts = std::map<std::string, std::vector<double>>;

/// Measures one unit cost, or a few that belong together.
class Gauge {
 public:
  virtual ~Gauge() = default;

  /// Once, before the first repetition: what is needed for all of them.
  virtual Status prepare(Workbench&) { return {}; }

  /// One repetition, a few milliseconds at most: adds one value to each of its unit costs.
  virtual Status measure(Workbench& bench, UnitCosts& costs) = 0;
};

/// All of them: one file each, in gauges/.
std::unique_ptr<Gauge> system_calls();
std::unique_ptr<Gauge> file_calls();
std::unique_ptr<Gauge> file_copies();
std::unique_ptr<Gauge> new_pages();
std::unique_ptr<Gauge> memory_copies();
std::unique_ptr<Gauge> page_faults();
std::unique_ptr<Gauge> mapped_new_pages();
std::unique_ptr<Gauge> splices();
std::unique_ptr<Gauge> context_switches();
std::unique_ptr<Gauge> loopback();

}  // namespace zcl
