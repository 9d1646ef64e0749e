// io_uring: one system call hands over many requests. DEPTH chunks are under
// way at once, each a read with a write linked to it. The two CPU copies are
// those of read + write; what gets fewer is the calls.
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>

#include "ring.h"

#define DEPTH 8

static int copy(struct ring *ring, int in, int out, off_t at, off_t end,
                char *data, size_t buffer) {
  while (at < end) {
    int got[DEPTH] = {0}, put[DEPTH] = {0}, n = 0;
    for (off_t next = at; next < end && n < DEPTH; n++) {
      char *chunk = data + (size_t)n * buffer;
      const off_t left = end - next;
      const size_t want = left < (off_t)buffer ? (size_t)left : buffer;
      // LINK: the write waits until all of it has been read.
      ring_request(ring, IORING_OP_READ, IOSQE_IO_LINK, in, chunk, want, next,  // @read
                   &got[n]);  // @read
      ring_request(ring, IORING_OP_WRITE, 0, out, chunk, want, next, &put[n]);  // @write
      next += (off_t)want;
    }
    if (ring_enter(ring, 2 * n) != 0) return -1;  // @io_uring_enter
    for (int i = 0; i < 2 * n; i++) ring_next(ring);

    // The next round begins where the first chunk was not written to its end:
    // a read that came short has cancelled its write.
    const off_t before = at;
    for (int i = 0; i < n && put[i] > 0; i++) {
      at += put[i];
      if ((size_t)put[i] < buffer) break;
    }
    if (at == before) {
      errno = got[0] < 0 ? -got[0] : put[0] == -ECANCELED ? ENODATA : -put[0];
      return -1;
    }
  }
  return 0;
}

int move(int in, int out, off_t size, size_t buffer) {
  char *data = malloc(DEPTH * buffer);
  if (data == NULL) return -1;
  struct ring ring;
  int result = ring_open(&ring, 2 * DEPTH);
  if (result == 0) {
    result = copy(&ring, in, out, 0, size, data, buffer);
    ring_close(&ring);
  }
  free(data);
  return result;
}
