// io_uring + splice: the two splice calls over a pipe become two requests,
// linked, and handed over by one call. The copies are those of splice. But the
// kernel runs no splice of a ring at once; it always leaves it to a worker
// thread of this process: fewer calls, more context switches.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sys/types.h>

#include "ring.h"

#define HERE ((off_t)-1)  // where the file is; pipes and sockets have no other

static void queue(struct ring *ring, int flags, int in, int out, size_t length,
                  int *result) {
  struct io_uring_sqe *request = ring_request(ring, IORING_OP_SPLICE, flags,
                                              out, NULL, length, HERE, result);
  request->splice_fd_in = in;
  request->splice_off_in = (uint64_t)HERE;
}

static int copy(struct ring *ring, int in, int out, size_t left,
                const int pipe_end[2], size_t most) {
  for (size_t held = 0; left + held > 0;) {  // `held`: what is in the pipe
    int got = 0, put = 0, requests = 1;
    size_t length = held;
    if (held == 0) {
      length = left < most ? left : most;
      // LINK: what follows waits until all of it is in the pipe.
      queue(ring, IOSQE_IO_LINK, in, pipe_end[1], length, &got);  // @splice-in
      requests = 2;
    }
    queue(ring, 0, pipe_end[0], out, length, &put);  // @splice-out
    if (ring_finish(ring, requests) != 0) return -1;  // @io_uring_enter
    if (ring_again(got)) got = 0;
    else if (held == 0 && got <= 0) return ring_failed(got);
    // When the first comes short, the second is cancelled, and made next time.
    if (ring_again(put)) put = 0;
    if (put < 0) return ring_failed(put);
    left -= (size_t)got;
    held = held + (size_t)got - (size_t)put;
  }
  return 0;
}

int move(int in, int out, off_t size, size_t buffer) {
  int pipe_end[2];
  if (pipe2(pipe_end, O_CLOEXEC) != 0) return -1;  // @pipe2
  // A pipe takes 16 pages at first. If more is refused, less goes at a time.
  if (buffer > 65536) fcntl(pipe_end[1], F_SETPIPE_SZ, (int)buffer);  // @fcntl
  struct ring ring;
  int result = ring_open(&ring, 2);
  if (result == 0) {
    result = copy(&ring, in, out, (size_t)size, pipe_end, buffer);
    ring_close(&ring);
  }
  close(pipe_end[0]);
  close(pipe_end[1]);
  return result;
}
