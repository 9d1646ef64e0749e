// io_uring with registered buffers: the memory is pinned and looked up once,
// not for each request. The page cache is still copied from and to: two CPU
// copies, as with read + write. What it saves shows with O_DIRECT.
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <sys/uio.h>

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
      ring_request(ring, IORING_OP_READ_FIXED, IOSQE_IO_LINK, in, chunk, want,  // @read
                   next, &got[n]);  // @read
      ring_request(ring, IORING_OP_WRITE_FIXED, 0, out, chunk, want, next,  // @write
                   &put[n]);  // @write
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
  struct iovec memory = {malloc(DEPTH * buffer), DEPTH * buffer};
  if (memory.iov_base == NULL) return -1;
  struct ring ring;
  int result = ring_open(&ring, 2 * DEPTH);
  if (result == 0) {
    // All of it becomes buffer number 0, and counts as locked (ulimit -l).
    result = (int)syscall(SYS_io_uring_register, ring.fd,  // @io_uring_register
                          IORING_REGISTER_BUFFERS, &memory, 1);  // @io_uring_register
    if (result == 0)
      result = copy(&ring, in, out, 0, size, memory.iov_base, buffer);
    ring_close(&ring);
  }
  free(memory.iov_base);
  return result;
}
