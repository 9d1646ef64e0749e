#pragma once

#include <atomic>
#include <functional>

#include "core/interrupt.h"
#include "core/result.h"
#include "receiver/gate.h"

namespace zcl {

/// Where so many threads wait until all of them are there, once.
class Assembly {
 public:
  /// @param complete what the last one to come does before anybody goes on
  static Result<std::unique_ptr<Assembly>> of(uint32_t members, std::function<void()> complete);

  /// Returns when all have called it. CANCELLED when the interrupt, which must reach this thread, says so.
  Status join(const Interrupt& interrupt);

 private:
  Assembly(uint32_t members, std::function<void()> complete, Gate gate)
      : missing_(members), complete_(std::move(complete)), gate_(std::move(gate)) {}

  std::atomic<uint32_t> missing_;
  const std::function<void()> complete_;
  const Gate gate_;
};

}  // namespace zcl
