#pragma once

#include <atomic>
#include <memory>

#include "core/interrupt.h"
#include "core/result.h"
#include "core/unique_fd.h"

namespace zcl {

/// Keeps a thread until another one opens it, once and for all.
class Gate {
 public:
  Gate() = default;  ///< no gate: nobody may wait at it

  static Result<Gate> closed();

  /// From any thread, any number of times, before or while someone waits. What was written before is seen by who passes.
  void open() const;

  /// Returns when it is open. CANCELLED when the interrupt says so.
  Status pass(const Interrupt& interrupt) const;

 private:
  explicit Gate(UniqueFd event) : event_(std::move(event)), is_open_(std::make_unique<std::atomic<bool>>(false)) {}

  UniqueFd event_;  // an eventfd wakes who waits: a signal ends the wait for it, which no condition variable offers
  std::unique_ptr<std::atomic<bool>> is_open_;  // a call of the kernel's orders nothing between threads of C++
};

}  // namespace zcl
