#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "core/result.h"

namespace zcl {

/// Fills `bytes` bytes from the kernel's generator (getrandom), for secrets and names.
Status fill_random(void* data, size_t bytes);

/// Incompressible bytes that depend on `seed` and their place only: 8-byte word number i of the stream is splitmix64
/// (Steele, Lea, Flood 2014) of state seed + i. `first_word` is the number of the first word written.
void fill_seeded(std::byte* data, size_t bytes, uint64_t seed, uint64_t first_word);

}  // namespace zcl
