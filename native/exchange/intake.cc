#include "exchange/intake.h"

namespace zcl {

Intake::Intake(ControlBlock& control, CallCounter& calls, const Interrupt& interrupt)
    : control_(control), calls_(calls), futex_(calls["futex"]), interrupt_(interrupt) {
  if (control.orders.shape.block_bytes > 0) digester_.emplace(control.orders.shape);
}

void Intake::begin() {
  meter_.start();
  if (expected() == 0) complete();
}

void Intake::take(const std::byte* data, size_t bytes) {
  checksum_.add(data, bytes);
  if (digester_) digester_->update(data, bytes);
  control_.consumed.raise(checksum_.bytes(), futex_);
  // The window ends here; what may still come is extra, and is counted so that it is noticed.
  if (!cost_ && checksum_.bytes() >= expected()) complete();
}

void Intake::complete() {
  meter_.stop();
  cost_ = meter_.cost(calls_);
}

Consumed Intake::finish() {
  if (!cost_) complete();
  std::optional<Digest> digest;
  if (digester_) digest = digester_->finish();
  return {checksum_.bytes(), checksum_.sum(), meter_.stopped_ns(), std::move(*cost_), std::move(digest)};
}

}  // namespace zcl
