// io_uring with SEND_ZC: buffers are read into, and then lent to the socket, by
// requests of one ring. One CPU copy is left, the one of the read. A send
// completes twice: once when it is queued, once when its buffer is free.
// Needs Linux 6.2, which says whether the kernel copied after all.
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "ring.h"

#define DEPTH 8

// All requests of a round are one chain, read, send, read, send ..., in which
// each waits for the one before it: a stream has to keep its order. When one
// comes short, the rest is cancelled.
static void queue_send(struct ring *ring, int out, char *data, size_t length,
                       int *put) {
  struct io_uring_sqe *request = ring_request(                             // @send
      ring, IORING_OP_SEND_ZC, IOSQE_IO_LINK, out, data, length, 0, put);  // @send
  request->msg_flags = MSG_WAITALL | MSG_NOSIGNAL;
  request->ioprio = IORING_SEND_ZC_REPORT_USAGE;
}

static int copy(struct ring *ring, int in, int out, off_t size, char *data,
                size_t buffer) {
  int sends = 0, copied = 0;
  for (off_t at = 0; at < size;) {
    int got[DEPTH] = {0}, put[DEPTH][2] = {{0}}, n = 0;
    for (off_t next = at; next < size && n < DEPTH; n++) {
      char *chunk = data + (size_t)n * buffer;
      const off_t left = size - next;
      const size_t want = left < (off_t)buffer ? (size_t)left : buffer;
      ring_request(ring, IORING_OP_READ, IOSQE_IO_LINK, in, chunk, want, next,  // @read
                   &got[n]);  // @read
      queue_send(ring, out, chunk, want, put[n]);  // @send
      next += (off_t)want;
    }
    // Until every buffer is free: MORE announces the second completion.
    for (int expected = 2 * n; expected > 0; expected--) {
      if (ring_enter(ring, 1) != 0) return -1;  // @io_uring_enter
      if (ring_next(ring) & IORING_CQE_F_MORE) expected++;
    }
    const off_t before = at;
    for (int i = 0; i < n && put[i][0] > 0; i++, sends++) {
      at += put[i][0];
      copied += put[i][1] != 0;
    }
    if (at == before) {
      errno = got[0] < 0                ? -got[0]
              : put[0][0] == -ECANCELED ? ENODATA
                                        : -put[0][0];
      return -1;
    }
  }
  printf("%d sends, %d copied by the kernel\n", sends, copied);
  return 0;
}

int move(int in, int out, off_t size, size_t buffer) {
  char *data = malloc(DEPTH * buffer);
  if (data == NULL) return -1;
  struct ring ring;
  int result = ring_open(&ring, 2 * DEPTH);
  if (result == 0) {
    result = copy(&ring, in, out, size, data, buffer);
    ring_close(&ring);
  }
  free(data);
  return result;
}
