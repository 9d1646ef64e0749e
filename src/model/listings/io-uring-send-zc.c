// io_uring with SEND_ZC: buffers are read into, and then lent to the socket, by
// requests of one ring. One CPU copy is left, the one of the read, where the
// network card can gather. Needs Linux 6.2 (6.0 does not tell what it copied).
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "ring.h"

#define DEPTH 8

// Each send waits for the one before it (LINK), because a stream has to keep
// its order; when one comes short, those behind it are cancelled.
static void queue_send(struct ring *ring, int out, char *data, int length,
                       int *put) {
  struct io_uring_sqe *request =
      ring_request(ring, IORING_OP_SEND_ZC, IOSQE_IO_LINK, out, data,
                   (size_t)length, 0, put);
  request->msg_flags = MSG_WAITALL | MSG_NOSIGNAL;
  request->ioprio = IORING_SEND_ZC_REPORT_USAGE;
}

static int copy(struct ring *ring, int in, int out, off_t size, char *data,
                size_t buffer) {
  int sends = 0, copied = 0;
  for (off_t at = 0; at < size;) {
    int got[DEPTH], put[DEPTH][2] = {{0}}, n = 0, queued = 0;
    for (off_t next = at; next < size && n < DEPTH; n++) {
      const off_t left = size - next;
      const size_t want = left < (off_t)buffer ? (size_t)left : buffer;
      ring_request(ring, IORING_OP_READ, 0, in, data + (size_t)n * buffer, want,  // @read
                   next, &got[n]);  // @read
      next += (off_t)want;
    }
    if (ring_finish(ring, n) != 0) return -1;  // @io_uring_enter

    for (int whole = 1; whole && queued < n; queued++) {
      if (ring_again(got[queued])) break;
      if (got[queued] <= 0) return ring_failed(got[queued]);
      queue_send(ring, out, data + (size_t)queued * buffer, got[queued],  // @send
                 put[queued]);  // @send
      whole = (size_t)got[queued] == buffer;  // or a gap would follow
    }
    // A send completes twice, when it is queued and when its buffer is free:
    // MORE says that the second is still to come.
    for (int expected = queued; expected > 0; expected--) {
      if (ring_enter(ring, 1) != 0) return -1;  // @io_uring_enter
      if (ring_next(ring) & IORING_CQE_F_MORE) expected++;
    }
    if (queued == 0 || ring_again(put[0][0])) continue;
    if (put[0][0] <= 0) return ring_failed(put[0][0]);
    for (int i = 0; i < queued && put[i][0] > 0; i++, sends++) {
      at += put[i][0];
      copied += put[i][1] != 0;
    }
  }
  printf("%d sends, of which the kernel says it copied %d\n", sends, copied);
  return 0;
}

int move(int in, int out, off_t size, size_t buffer) {
  char *data = malloc(DEPTH * buffer);
  if (data == NULL) return -1;
  struct ring ring;
  int result = ring_open(&ring, DEPTH);
  if (result == 0) {
    result = copy(&ring, in, out, size, data, buffer);
    ring_close(&ring);
  }
  free(data);
  return result;
}
