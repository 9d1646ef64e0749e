#pragma once

#include <cstdint>
#include <vector>

namespace zcl {

/// A part of a file.
struct Range {
  uint64_t begin;
  uint64_t bytes;

  uint64_t end() const { return begin + bytes; }
};

/// `bytes` cut into `count` (> 0) ranges, one behind the other, each beginning at a multiple of `unit` (> 0) and as
/// equal as that allows: none differs by more than one unit, but for the end of the last. Of few units the last ones
/// are empty, at 0.
std::vector<Range> ranges_of(uint64_t bytes, uint32_t count, uint64_t unit);

}  // namespace zcl
