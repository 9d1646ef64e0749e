// read + write: through a buffer of our own, as everyone learns it first.
// Two CPU copies: page cache -> buffer, and buffer -> page cache or socket.
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

// A write may take less than it is given, above all into a socket.
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
    if (got < 0 && errno == EINTR) continue;  // a signal came first: again
    if (got == 0) errno = ENODATA;            // the file has been cut short
    if (got <= 0) return -1;
    if (write_all(out, data, (size_t)got) != 0) return -1;
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
