#include "streams/assembly.h"

namespace zcl {

Result<std::unique_ptr<Assembly>> Assembly::of(uint32_t members, std::function<void()> complete) {
  Result<Gate> gate = Gate::closed();
  if (!gate.ok()) return std::move(gate).error();
  return std::unique_ptr<Assembly>(new Assembly(members, std::move(complete), std::move(*gate)));
}

// The last one does not wait, so a single member makes no call here but that which opens the gate.
Status Assembly::join(const Interrupt& interrupt) {
  if (missing_.fetch_sub(1, std::memory_order_acq_rel) > 1) return gate_.pass(interrupt);
  complete_();
  gate_.open();
  return {};
}

}  // namespace zcl
