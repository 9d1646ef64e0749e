// vmsplice: the pages of the producer are lent to a pipe; one CPU copy is left,
// the one of the consumer's read. The pipe holds references, not a snapshot: a
// page may be written to again only when it has been read. No call says when
// that is, so the consumer does.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/uio.h>
#include <unistd.h>

#include "exchange.h"
#include "progress.h"
#include "stream.h"

#define BUFFERS 8  // to go round in
#define PAGE ((size_t)4096)

int channel(int end[2]) { return pipe2(end, O_CLOEXEC); }

static int lend_all(int out, unsigned char *data, size_t length) {
  while (length > 0) {
    struct iovec rest = {data, length};
    ssize_t lent = vmsplice(out, &rest, 1, 0);  // @vmsplice
    if (lent < 0 && errno == EINTR) continue;
    if (lent < 0) return -1;
    data += lent;
    length -= (size_t)lent;
  }
  return 0;
}

int produce(struct exchange *x) {
  // What malloc gives begins within a page: 64 KiB would touch 17 of them, one
  // more than a pipe has slots, and take two calls each.
  unsigned char *ring = aligned_alloc(PAGE, BUFFERS * x->buffer);
  if (ring == NULL) return -1;

  uint32_t n = 0;
  for (off_t at = 0; at < x->size; at += (off_t)x->buffer, n++) {
    const size_t place = n % BUFFERS * x->buffer, length = length_at(x, at);
    if (n >= BUFFERS) progress_await(&x->consumed, n - BUFFERS + 1);  // @futex-wait
    write_once(&x->written, ring + place, length);  // @produce
    if (lend_all(x->end[1], ring + place, length) != 0) return -1;
  }
  return 0;
}

int consume(struct exchange *x) {
  unsigned char *data = malloc(x->buffer);  // freed by the end of the process
  if (data == NULL) return -1;
  for (off_t at = 0; at < x->size; at += (off_t)x->buffer) {
    const size_t length = length_at(x, at);
    if (read_all(x->end[0], data, length) != 0) return -1;  // @consumer-read
    read_once(&x->read, data, length);  // @consume
    progress_raise(&x->consumed);
  }
  return 0;
}
