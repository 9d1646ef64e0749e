// io_uring with registered buffers and O_DIRECT: the devices read from and
// write to our memory, many requests at a time. No CPU copy, no page cache, and
// no call per chunk. Memory, offsets and lengths must be aligned.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <sys/uio.h>

#include "ring.h"

#define DEPTH 8
#define BLOCK ((size_t)4096)  // enough for every device

static int set_direct(int fd, int on) {
  const int flags = fcntl(fd, F_GETFL) & ~O_DIRECT;
  return fcntl(fd, F_SETFL, on ? flags | O_DIRECT : flags);  // @fcntl
}

static int copy(struct ring *ring, int in, int out, off_t at, off_t end,
                char *data, size_t buffer) {
  while (at < end) {
    int got[DEPTH], put[DEPTH], n = 0;
    for (off_t next = at; next < end && n < DEPTH; n++) {
      const off_t left = end - next;
      const size_t want = left < (off_t)buffer ? (size_t)left : buffer;
      ring_request(ring, IORING_OP_READ_FIXED, 0, in, data + (size_t)n * buffer,  // @read
                   want, next, &got[n]);  // @read
      next += (off_t)want;
    }
    if (ring_finish(ring, n) != 0) return -1;  // @io_uring_enter

    n = ring_settled(got, n);  // the others in the next round
    for (int i = 0; i < n; i++) {
      if (got[i] <= 0) return ring_failed(got[i]);
      const size_t place = (size_t)i * buffer;
      ring_request(ring, IORING_OP_WRITE_FIXED, 0, out, data + place,  // @write
                   (size_t)got[i], at + (off_t)place, &put[i]);  // @write
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
  buffer = (buffer + BLOCK - 1) / BLOCK * BLOCK;
  const off_t blocks = size - size % (off_t)BLOCK;
  char *data = aligned_alloc(BLOCK, DEPTH * buffer);
  if (data == NULL) return -1;
  const struct iovec memory = {data, DEPTH * buffer};
  struct ring ring;
  int result = ring_open(&ring, DEPTH);
  if (result == 0) {
    // All of it becomes buffer number 0, and counts as locked (ulimit -l).
    result = (int)syscall(SYS_io_uring_register, ring.fd,  // @io_uring_register
                          IORING_REGISTER_BUFFERS, &memory, 1);  // @io_uring_register
    if (result == 0) result = set_direct(in, 1) | set_direct(out, 1);
    if (result == 0) result = copy(&ring, in, out, 0, blocks, data, buffer);
    // What is left is shorter than a block and goes through the page cache.
    if (result == 0) result = set_direct(in, 0) | set_direct(out, 0);
    if (result == 0) result = copy(&ring, in, out, blocks, size, data, buffer);
    ring_close(&ring);
  }
  free(data);
  return result;
}
