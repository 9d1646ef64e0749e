// sendfile: the kernel moves the bytes, and they never enter the program.
// Into a file one CPU copy is left, page cache -> page cache. Into a socket
// go references to the pages: no copy, where the network card can gather.
#define _GNU_SOURCE
#include <errno.h>
#include <stddef.h>
#include <sys/sendfile.h>
#include <sys/types.h>

// The most the kernel moves in one call: 2 GiB less one page.
#define MOST ((size_t)0x7ffff000)

int move(int in, int out, off_t size, size_t buffer) {
  (void)buffer;  // there is none: one call moves all it can

  // What a socket holds are pages of the file, not a snapshot: whoever writes
  // to the file before they are sent changes what is sent. `in` has to be a
  // file that can be mapped, never a socket; `out` is anything since 2.6.33,
  // but for a file opened with O_APPEND (EINVAL).
  for (size_t left = (size_t)size; left > 0;) {
    // Without an offset the position of `in` moves on by what was sent, so a
    // call that a signal cut short is simply made again.
    ssize_t sent = sendfile(out, in, NULL, left < MOST ? left : MOST);  // @sendfile
    if (sent < 0 && errno == EINTR) continue;
    if (sent == 0) errno = ENODATA;  // the file has been cut short
    if (sent <= 0) return -1;
    left -= (size_t)sent;
  }
  return 0;
}
