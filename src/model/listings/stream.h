// stream.h: a stream has no borders, and a read may bring less than asked for.
#include <errno.h>
#include <stddef.h>
#include <unistd.h>

static int read_all(int in, unsigned char *data, size_t length) {
  while (length > 0) {
    ssize_t got = read(in, data, length);
    if (got < 0 && errno == EINTR) continue;
    if (got == 0) errno = EPIPE;  // the producer has ended too early
    if (got <= 0) return -1;
    data += got;
    length -= (size_t)got;
  }
  return 0;
}
