// sendfile into an AF_UNIX stream: the payload is made in a mapped memfd, a
// file in memory only, and references to its pages go into the socket. One CPU
// copy is left, the one of the consumer's read. A page may be written to again
// only when the consumer tells that it has been read.
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <unistd.h>

#include "exchange.h"
#include "progress.h"
#include "stream.h"

#define BUFFERS 8  // to go round in

int channel(int end[2]) {
  return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, end);
}

static int send_all(int out, int file, off_t from, size_t length) {
  while (length > 0) {
    ssize_t sent = sendfile(out, file, &from, length);  // @sendfile
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return -1;
    length -= (size_t)sent;  // `from` has moved on by itself
  }
  return 0;
}

int produce(struct exchange *x) {
  const size_t bytes = BUFFERS * x->buffer;
  const int file = memfd_create("ring", MFD_CLOEXEC);
  if (file < 0 || ftruncate(file, (off_t)bytes) != 0) return -1;
  unsigned char *ring = mmap(NULL, bytes, PROT_WRITE, MAP_SHARED, file, 0);  // @mmap
  if (ring == MAP_FAILED) return -1;

  uint32_t n = 0;
  for (off_t at = 0; at < x->size; at += (off_t)x->buffer, n++) {
    const size_t place = n % BUFFERS * x->buffer, length = length_at(x, at);
    if (n >= BUFFERS) progress_await(&x->consumed, n - BUFFERS + 1);  // @futex-wait
    write_once(&x->written, ring + place, length);  // @produce
    if (send_all(x->end[1], file, (off_t)place, length) != 0) return -1;
  }
  return 0;
}

int consume(struct exchange *x) {
  unsigned char *data = malloc(x->buffer);  // freed by the end of the process
  if (data == NULL) return -1;
  for (off_t at = 0; at < x->size; at += (off_t)x->buffer) {
    const size_t length = length_at(x, at);
    if (read_all(x->end[0], data, length) != 0) return -1;  // @consumer-read
    read_once(&x->read, data, length);  // @consume
    progress_raise(&x->consumed);
  }
  return 0;
}
