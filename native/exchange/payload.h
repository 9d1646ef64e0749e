#pragma once

#include <cstddef>
#include <cstdint>

/// What every producer writes once and every consumer reads once, in all modes alike: so that no mode wins by touching
/// nothing. Word number i of the stream (64 bits, little-endian, counted from byte 0) is a start that depends on the
/// seed plus i times an odd constant; writing and summing up are as fast as memory is.
namespace zcl {

/// Writes bytes `offset` to `offset + bytes` of the stream into `buffer`. Neither needs to be a multiple of anything.
void produce(std::byte* buffer, size_t bytes, uint64_t offset, uint64_t seed);

/// Sum, modulo 2^64, of the words of a stream of `bytes` bytes, the last word filled up with zeros.
uint64_t expected_sum(uint64_t bytes, uint64_t seed);

/// The same sum of a stream that comes in pieces of any size.
class Checksum {
 public:
  void add(const std::byte* data, size_t bytes);

  uint64_t bytes() const { return bytes_; }
  uint64_t sum() const { return sum_; }

 private:
  uint64_t bytes_ = 0;
  uint64_t sum_ = 0;
};

}  // namespace zcl
