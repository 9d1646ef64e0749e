/*
 * Takes the place of the listings' exchange.h. There the payload is made and summed up byte by byte, for everybody to
 * read, and most of the time goes into that. Here it is done word by word as the addon does it (native/exchange/
 * payload.cc), so that what is compared is the way from one process to the other. Lengths are multiples of BLOCK.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/types.h>

struct progress {
  _Atomic uint32_t count, asleep;
};

struct tally {
  uint64_t bytes, sum;
};

struct exchange {
  off_t size;
  size_t buffer;
  int end[2];
  pid_t producer;
  uintptr_t address;
  struct progress produced, consumed;
  struct tally written, read;
};

typedef uint64_t words __attribute__((vector_size(16)));

#define BLOCK (4 * sizeof(words))
#define STEP UINT64_C(0x9e3779b97f4a7c15)

static inline size_t length_at(const struct exchange *x, off_t at) {
  const off_t left = x->size - at;
  return left < (off_t)x->buffer ? (size_t)left : x->buffer;
}

static inline void write_once(struct tally *written, unsigned char *to, size_t length) {
  const uint64_t first = UINT64_C(0xbf58476d1ce4e5b9) + written->bytes / sizeof first * STEP;
  words a = {first, first + STEP}, b = a + 2 * STEP, c = b + 2 * STEP, d = c + 2 * STEP;
  for (unsigned char *end = to + length; to < end; to += BLOCK) {
    memcpy(to, &a, sizeof a);
    memcpy(to + 16, &b, sizeof b);
    memcpy(to + 32, &c, sizeof c);
    memcpy(to + 48, &d, sizeof d);
    a += 8 * STEP;
    b += 8 * STEP;
    c += 8 * STEP;
    d += 8 * STEP;
  }
  written->bytes += length;
}

static inline words words_at(const unsigned char *from) {
  words part;
  memcpy(&part, from, sizeof part);
  return part;
}

static inline void read_once(struct tally *read, const unsigned char *from, size_t length) {
  words a = {0}, b = {0}, c = {0}, d = {0};
  for (const unsigned char *end = from + length; from < end; from += BLOCK) {
    a += words_at(from);
    b += words_at(from + 16);
    c += words_at(from + 32);
    d += words_at(from + 48);
  }
  const words all = (a + b) + (c + d);
  read->bytes += length;
  read->sum += all[0] + all[1];
}
