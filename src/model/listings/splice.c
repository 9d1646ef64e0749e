// splice: page references go from the file into a pipe of our own, and from
// there on. Into a file one CPU copy is left, page cache -> page cache; into a
// socket none, where the network card can gather. The very copies of sendfile,
// which is splice over a pipe that one does not see.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

static int drain(int pipe_end, int out, size_t length, unsigned flags) {
  while (length > 0) {
    ssize_t put = splice(pipe_end, NULL, out, NULL, length, flags);  // @splice-out
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return -1;
    length -= (size_t)put;
  }
  return 0;
}

static int copy(int in, int out, size_t left, const int pipe_end[2],
                size_t most) {
  while (left > 0) {
    const size_t want = left < most ? left : most;
    ssize_t got = splice(in, NULL, pipe_end[1], NULL, want, 0);  // @splice-in
    if (got < 0 && errno == EINTR) continue;
    if (got == 0) errno = ENODATA;  // the file has been cut short
    if (got <= 0) return -1;
    left -= (size_t)got;
    // MORE lets TCP fill its segments; without it the last one goes at once.
    const unsigned flags = left > 0 ? SPLICE_F_MORE : 0;
    if (drain(pipe_end[0], out, (size_t)got, flags) != 0) return -1;
  }
  return 0;
}

int move(int in, int out, off_t size, size_t buffer) {
  int pipe_end[2];
  if (pipe2(pipe_end, O_CLOEXEC) != 0) return -1;  // @pipe2
  // A pipe takes 16 pages at first. If more is refused, less goes at a time.
  if (buffer > 65536) fcntl(pipe_end[1], F_SETPIPE_SZ, (int)buffer);  // @fcntl
  int result = copy(in, out, (size_t)size, pipe_end, buffer);
  close(pipe_end[0]);
  close(pipe_end[1]);
  return result;
}
