// O_DIRECT: the device writes into our buffer and reads from it. No CPU copy
// and no page cache, hence no reading ahead and no writing back later either:
// each call waits for the device. Memory, offsets and lengths must be aligned.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

// Enough for every device; statx(STATX_DIOALIGN) says what one really needs.
#define BLOCK ((size_t)4096)

static int set_direct(int fd, int on) {
  const int flags = fcntl(fd, F_GETFL);
  const int wanted = on ? flags | O_DIRECT : flags & ~O_DIRECT;
  return flags < 0 ? -1 : fcntl(fd, F_SETFL, wanted);  // @fcntl
}

static int write_all(int out, const char *data, size_t length) {
  while (length > 0) {
    ssize_t put = write(out, data, length);  // @write
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return -1;
    data += put;
    length -= (size_t)put;
  }
  return 0;
}

static int copy(int in, int out, size_t left, char *data, size_t buffer) {
  while (left > 0) {
    ssize_t got = read(in, data, left < buffer ? left : buffer);  // @read
    if (got < 0 && errno == EINTR) continue;
    if (got == 0) errno = ENODATA;  // the file has been cut short
    if (got <= 0) return -1;
    if (write_all(out, data, (size_t)got) != 0) return -1;
    left -= (size_t)got;
  }
  return 0;
}

int move(int in, int out, off_t size, size_t buffer) {
  // The buffer is rounded up to whole blocks; so is the file, downwards.
  buffer = (buffer + BLOCK - 1) / BLOCK * BLOCK;
  const size_t tail = (size_t)size % BLOCK;
  char *data = aligned_alloc(BLOCK, buffer);
  if (data == NULL) return -1;

  int result = set_direct(in, 1) | set_direct(out, 1);
  if (result == 0) result = copy(in, out, (size_t)size - tail, data, buffer);
  // What is left is shorter than a block and goes through the page cache.
  if (result == 0) result = set_direct(in, 0) | set_direct(out, 0);
  if (result == 0) result = copy(in, out, tail, data, buffer);  // @write-tail
  free(data);
  return result;
}
