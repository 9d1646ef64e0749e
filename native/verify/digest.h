#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/interrupt.h"
#include "core/result.h"

namespace zcl {

/// How a stream is cut up for hashing; both ends must use the same.
struct DigestShape {
  uint64_t block_bytes;  ///< a hash is kept per block: a power of two, at least 4096
  uint64_t unit_bytes;   ///< what a mode moves per call: hashes of these are summed up, in no order
};

/// At most 65,536 blocks of `bytes`, so that the lists stay small whatever the size.
DigestShape digest_shape(uint64_t bytes, uint64_t buffer_bytes);

/// What is kept of a stream. XXH3, 64 bits, seed 0.
struct Digest {
  uint64_t bytes = 0;
  uint64_t whole = 0;            ///< hash over all of it
  std::vector<uint64_t> blocks;  ///< hash per block, the last one perhaps of a part
  uint64_t unit_sum = 0;         ///< sum of the units' hashes: the same when units have only changed places
};

/// Hashes a stream that comes in pieces.
class Digester {
 public:
  explicit Digester(const DigestShape& shape);
  Digester(Digester&&) noexcept;
  ~Digester();

  void update(const std::byte* data, size_t bytes);
  Digest finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Hashes the first `bytes` of `fd`; `path` is for errors. Leaves the file offset alone.
Result<Digest> digest_file(int fd, uint64_t bytes, const DigestShape& shape, const Interrupt& interrupt,
                           const std::string& path);

/// Hash of `bytes` of `fd` from `offset`, as a block would have it. SHORT when they are not there.
Result<uint64_t> hash_range(int fd, uint64_t offset, uint64_t bytes, const std::string& path);

}  // namespace zcl
