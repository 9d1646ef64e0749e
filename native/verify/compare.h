#pragma once

#include <cstdint>

#include "core/result.h"
#include "verify/digest.h"

namespace zcl {

/// What became of the bytes, in the words of native/addon.d.ts.
enum class Fate { kIntact, kTruncated, kDropped, kReordered, kCorrupt, kExtra };

const char* name_of(Fate fate);

struct Verdict {
  Fate fate;
  uint64_t at_byte;  ///< start of the first block that differs, or where the data ended; 0 if intact
  uint64_t block_bytes;
  uint64_t sent_bytes;
  uint64_t arrived_bytes;
  uint64_t hash;  ///< XXH3 of all that arrived
};

/// Tells what became of the bytes of `source` on their way from `sent` to `arrived`. Looks into the source again where
/// hashes do not suffice.
Result<Verdict> compare(const Content& source, const DigestShape& shape, const Digest& sent, const Digest& arrived);

}  // namespace zcl
