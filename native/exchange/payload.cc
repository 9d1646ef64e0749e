#include "exchange/payload.h"

#include <algorithm>
#include <cstring>

namespace zcl {
namespace {

constexpr size_t kWord = sizeof(uint64_t);
constexpr uint64_t kStep = 0x9e3779b97f4a7c15;  // 2^64 divided by the golden ratio: words that are neighbours differ

uint64_t start_of(uint64_t seed) {
  return (seed + 1) * 0xbf58476d1ce4e5b9;
}

// Two words to a register (SSE2, NEON), four registers side by side: written out, because -O2 neither vectorises nor
// unrolls a loop.
using Pair [[gnu::vector_size(16)]] = uint64_t;
constexpr size_t kBlock = 4 * sizeof(Pair);

Pair load(const std::byte* from) {
  Pair pair;
  std::memcpy(&pair, from, sizeof pair);
  return pair;
}

void store(std::byte* to, Pair pair) {
  std::memcpy(to, &pair, sizeof pair);
}

/// The word that holds `bytes` of `data` from its byte number `from` on, and zeros beside them.
uint64_t part_of_word(const std::byte* data, size_t from, size_t bytes) {
  uint64_t word = 0;
  std::memcpy(reinterpret_cast<std::byte*>(&word) + from, data, bytes);
  return word;
}

/// Bytes of a piece that belong to the word in which the piece before it ended.
size_t head_bytes(uint64_t offset, size_t bytes) {
  return std::min<size_t>((kWord - offset % kWord) % kWord, bytes);
}

}  // namespace

void produce(std::byte* buffer, size_t bytes, uint64_t offset, uint64_t seed) {
  uint64_t word = start_of(seed) + offset / kWord * kStep;
  if (const size_t head = head_bytes(offset, bytes); head > 0) {
    std::memcpy(buffer, reinterpret_cast<const std::byte*>(&word) + offset % kWord, head);
    word += kStep;
    buffer += head;
    bytes -= head;
  }
  Pair a{word, word + kStep};
  Pair b = a + 2 * kStep;
  Pair c = b + 2 * kStep;
  Pair d = c + 2 * kStep;
  for (; bytes >= kBlock; buffer += kBlock, bytes -= kBlock) {
    store(buffer, a);
    store(buffer + 16, b);
    store(buffer + 32, c);
    store(buffer + 48, d);
    a += 8 * kStep;
    b += 8 * kStep;
    c += 8 * kStep;
    d += 8 * kStep;
  }
  word = a[0];
  for (; bytes > 0; word += kStep) {
    const size_t part = std::min(bytes, kWord);
    std::memcpy(buffer, &word, part);
    buffer += part;
    bytes -= part;
  }
}

uint64_t expected_sum(uint64_t bytes, uint64_t seed) {
  const uint64_t words = bytes / kWord;
  // Of two neighbours one is even: halved before it is multiplied, nothing is lost.
  const uint64_t pairs = words % 2 == 0 ? words / 2 * (words - 1) : (words - 1) / 2 * words;
  const uint64_t last = start_of(seed) + words * kStep;
  return words * start_of(seed) + pairs * kStep +
         part_of_word(reinterpret_cast<const std::byte*>(&last), 0, bytes % kWord);
}

void Checksum::add(const std::byte* data, size_t bytes) {
  const size_t head = head_bytes(bytes_, bytes);
  sum_ += part_of_word(data, bytes_ % kWord, head);
  bytes_ += bytes;
  data += head;
  bytes -= head;

  Pair a{}, b{}, c{}, d{};
  for (; bytes >= kBlock; data += kBlock, bytes -= kBlock) {
    a += load(data);
    b += load(data + 16);
    c += load(data + 32);
    d += load(data + 48);
  }
  const Pair all = (a + b) + (c + d);
  sum_ += all[0] + all[1];
  while (bytes > 0) {
    const size_t part = std::min(bytes, kWord);
    sum_ += part_of_word(data, 0, part);
    data += part;
    bytes -= part;
  }
}

}  // namespace zcl
