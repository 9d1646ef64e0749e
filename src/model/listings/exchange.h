// exchange.h: what producer and consumer share, in memory that both see. The
// producer writes each byte of the payload once and the consumer reads each
// byte once, whatever lies between them: so no way can win by touching nothing.
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// How far one side has come, in buffers; see progress.h.
struct progress {
  _Atomic uint32_t count, asleep;
};

// Two sums, as Fletcher's: they differ when bytes are missing, are changed, or
// come in another order.
struct tally {
  uint64_t bytes, sum, sum_of_sums;
};

struct exchange {
  off_t size;         // of the payload
  size_t buffer;      // how many bytes are handed over at a time
  int end[2];         // of the channel: the consumer's, and the producer's
  pid_t producer;     // for a consumer that looks into the producer ...
  uintptr_t address;  // ... at this address
  struct progress produced, consumed;
  struct tally written, read;
};

// How many bytes the buffer has that begins at byte `at` of the payload.
static size_t length_at(const struct exchange *x, off_t at) {
  const off_t left = x->size - at;
  return left < (off_t)x->buffer ? (size_t)left : x->buffer;
}

static void add(struct tally *tally, unsigned char byte) {
  tally->bytes++;
  tally->sum += byte;
  tally->sum_of_sums += tally->sum;
}

static void write_once(struct tally *written, unsigned char *to,
                       size_t length) {
  struct tally tally = *written;
  for (size_t i = 0; i < length; i++) {
    const uint64_t mixed = (tally.bytes + 1) * UINT64_C(0x9E3779B97F4A7C15);
    const unsigned char byte = (unsigned char)(mixed >> 56);
    to[i] = byte;
    add(&tally, byte);
  }
  *written = tally;
}

static void read_once(struct tally *read, const unsigned char *from,
                      size_t length) {
  struct tally tally = *read;
  for (size_t i = 0; i < length; i++) add(&tally, from[i]);
  *read = tally;
}
