// shared memory: both processes map the same memfd, a file in memory only, and
// the consumer reads where the producer has written. No copy, and no call but
// to sleep and to wake. Nothing protects one from the other: a consumer that
// must not be fooled has to copy first.
#define _GNU_SOURCE
#include <sys/mman.h>
#include <unistd.h>

#include "exchange.h"
#include "progress.h"

#define BUFFERS 8  // to go round in

int channel(int end[2]) {
  end[0] = memfd_create("ring", MFD_CLOEXEC);
  end[1] = end[0] < 0 ? -1 : dup(end[0]);
  return end[1] < 0 ? -1 : 0;
}

// Each side has a mapping of its own; the pages behind them are the same.
static unsigned char *map(int file, size_t bytes) {
  if (ftruncate(file, (off_t)bytes) != 0) return MAP_FAILED;
  const int access = PROT_READ | PROT_WRITE;
  return mmap(NULL, bytes, access, MAP_SHARED, file, 0);
}

int produce(struct exchange *x) {
  unsigned char *ring = map(x->end[1], BUFFERS * x->buffer);  // @mmap
  if (ring == MAP_FAILED) return -1;

  uint32_t n = 0;
  for (off_t at = 0; at < x->size; at += (off_t)x->buffer, n++) {
    const size_t place = n % BUFFERS * x->buffer, length = length_at(x, at);
    if (n >= BUFFERS) progress_await(&x->consumed, n - BUFFERS + 1);  // @futex-wait
    write_once(&x->written, ring + place, length);  // @produce
    progress_raise(&x->produced);  // @futex-wake
  }
  return 0;
}

int consume(struct exchange *x) {
  const unsigned char *ring = map(x->end[0], BUFFERS * x->buffer);  // @mmap
  if (ring == MAP_FAILED) return -1;
  uint32_t n = 0;
  for (off_t at = 0; at < x->size; at += (off_t)x->buffer, n++) {
    const size_t place = n % BUFFERS * x->buffer;
    progress_await(&x->produced, n + 1);
    read_once(&x->read, ring + place, length_at(x, at));  // @consume
    progress_raise(&x->consumed);
  }
  return 0;
}
