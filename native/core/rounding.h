#pragma once

#include <cstdint>

namespace zcl {

/// The next multiple of `step`, a power of two, that is not below `value`.
constexpr uint64_t round_up(uint64_t value, uint64_t step) {
  return (value + step - 1) & ~(step - 1);
}

/// The last multiple of `step`, a power of two, that is not above `value`.
constexpr uint64_t round_down(uint64_t value, uint64_t step) {
  return value & ~(step - 1);
}

}  // namespace zcl
