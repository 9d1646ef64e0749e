// io_uring: one system call hands over many requests and collects them, here
// DEPTH reads, and then as many writes. The two CPU copies are those of read
// and write; what gets fewer is the calls.
#define _GNU_SOURCE
#include <stdlib.h>

#include "ring.h"

#define DEPTH 8

static int copy(struct ring *ring, int in, int out, off_t at, off_t end,
                char *data, size_t buffer) {
  while (at < end) {
    int got[DEPTH], put[DEPTH], n = 0;
    for (off_t next = at; next < end && n < DEPTH; n++) {
      const off_t left = end - next;
      const size_t want = left < (off_t)buffer ? (size_t)left : buffer;
      ring_request(ring, IORING_OP_READ, 0, in, data + (size_t)n * buffer, want,  // @read
                   next, &got[n]);  // @read
      next += (off_t)want;
    }
    if (ring_finish(ring, n) != 0) return -1;  // @io_uring_enter

    n = ring_settled(got, n);  // the others in the next round
    for (int i = 0; i < n; i++) {
      if (got[i] <= 0) return ring_failed(got[i]);
      const size_t place = (size_t)i * buffer;
      ring_request(ring, IORING_OP_WRITE, 0, out, data + place, (size_t)got[i],  // @write
                   at + (off_t)place, &put[i]);  // @write
    }
    if (ring_finish(ring, n) != 0) return -1;  // @io_uring_enter

    // A request may move less than it was asked for. The next round begins
    // where the first chunk has not come to its end.
    n = ring_settled(put, n);
    for (int i = 0; i < n; i++) {
      if (put[i] <= 0) return ring_failed(put[i]);
      at += put[i];
      if ((size_t)put[i] < buffer) break;
    }
  }
  return 0;
}

int move(int in, int out, off_t size, size_t buffer) {
  char *data = malloc(DEPTH * buffer);
  if (data == NULL) return -1;
  struct ring ring;
  int result = ring_open(&ring, DEPTH);
  if (result == 0) {
    result = copy(&ring, in, out, 0, size, data, buffer);
    ring_close(&ring);
  }
  free(data);
  return result;
}
