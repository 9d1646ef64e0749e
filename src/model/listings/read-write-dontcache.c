// read + write with RWF_DONTCACHE (Linux 6.14): through the page cache, as
// usual, but pages that this brings in are dropped again. The two CPU copies
// stay; what a large copy no longer does is push out what others have cached.
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <sys/uio.h>
#include <unistd.h>

#ifndef RWF_DONTCACHE  // older headers do not know it
#define RWF_DONTCACHE 0x00000080
#endif
#define HERE ((off_t)-1)  // at the position of the file, as read and write do

static int write_all(int out, struct iovec rest) {
  while (rest.iov_len > 0) {
    // Starts write-back at once; pages are dropped when they are on the disk.
    ssize_t put = pwritev2(out, &rest, 1, HERE, RWF_DONTCACHE);  // @pwritev2
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return -1;
    rest.iov_base = (char *)rest.iov_base + put;
    rest.iov_len -= (size_t)put;
  }
  return 0;
}

static int copy(int in, int out, size_t left, char *data, size_t buffer) {
  while (left > 0) {
    struct iovec chunk = {data, left < buffer ? left : buffer};
    // EOPNOTSUPP: an older kernel, or a filesystem that cannot (yet).
    ssize_t got = preadv2(in, &chunk, 1, HERE, RWF_DONTCACHE);  // @preadv2
    if (got < 0 && errno == EINTR) continue;
    if (got == 0) errno = ENODATA;  // the file has been cut short
    if (got <= 0) return -1;
    chunk.iov_len = (size_t)got;
    if (write_all(out, chunk) != 0) return -1;
    left -= (size_t)got;
  }
  return 0;
}

int move(int in, int out, off_t size, size_t buffer) {
  char *data = malloc(buffer);
  if (data == NULL) return -1;
  int result = copy(in, out, (size_t)size, data, buffer);
  free(data);
  return result;
}
