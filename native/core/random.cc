#include "core/random.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace zcl {
namespace {

uint64_t splitmix64(uint64_t state) {
  uint64_t word = state * 0x9e3779b97f4a7c15U;
  word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9U;
  word = (word ^ (word >> 27)) * 0x94d049bb133111ebU;
  return word ^ (word >> 31);
}

}  // namespace

Status fill_random(void* data, size_t bytes) {
  auto* place = static_cast<std::byte*>(data);
  while (bytes > 0) {
    const long got = syscall(SYS_getrandom, place, bytes, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_error("getrandom", errno);
    place += got;
    bytes -= static_cast<size_t>(got);
  }
  return {};
}

void fill_seeded(std::byte* data, size_t bytes, uint64_t seed, uint64_t first_word) {
  // The seed is scrambled once: seeds that lie close together then do not share stretches of their streams.
  const uint64_t start = splitmix64(seed + 1) + first_word;
  for (size_t at = 0; at < bytes; at += sizeof(uint64_t)) {
    const uint64_t word = splitmix64(start + at / sizeof(uint64_t));
    std::memcpy(data + at, &word, std::min(sizeof word, bytes - at));
  }
}

}  // namespace zcl
