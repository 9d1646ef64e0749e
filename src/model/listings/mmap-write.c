// mmap + write: the pages of the page cache themselves are the buffer.
// One CPU copy is left, the one inside write; page faults come in its place.
#define _GNU_SOURCE
#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

// A write may take less than it is given, above all into a socket.
static int write_all(int out, const char *data, size_t length) {
  while (length > 0) {
    // Only the kernel touches the pages. If the file is cut short meanwhile,
    // write ends early or fails with EFAULT; touching them here is a SIGBUS.
    ssize_t put = write(out, data, length);  // @write
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return -1;
    data += put;
    length -= (size_t)put;
  }
  return 0;
}

int move(int in, int out, off_t size, size_t buffer) {
  const size_t length = (size_t)size;
  if (length == 0) return 0;  // an empty mapping is an error (EINVAL)

  char *view = mmap(NULL, length, PROT_READ, MAP_SHARED, in, 0);  // @mmap
  if (view == MAP_FAILED) return -1;

  int result = 0;
  for (size_t at = 0; at < length && result == 0; at += buffer) {
    const size_t rest = length - at;
    result = write_all(out, view + at, rest < buffer ? rest : buffer);
  }
  // Not free of charge: every page that was mapped is taken out again.
  munmap(view, length);  // @munmap
  return result;
}
