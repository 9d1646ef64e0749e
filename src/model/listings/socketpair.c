// AF_UNIX stream: the calls of a pipe, over a pair of connected sockets. Two
// CPU copies as well: into packets that are queued at the other socket, and out
// of them. What write has taken is a copy, so the buffer is free at once.
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "exchange.h"
#include "stream.h"

int channel(int end[2]) {
  return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, end);
}

static int write_all(int out, const unsigned char *data, size_t length) {
  while (length > 0) {
    ssize_t put = write(out, data, length);  // @write
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return -1;
    data += put;
    length -= (size_t)put;
  }
  return 0;
}

int produce(struct exchange *x) {
  unsigned char *data = malloc(x->buffer);  // freed by the end of the process
  if (data == NULL) return -1;
  for (off_t at = 0; at < x->size; at += (off_t)x->buffer) {
    const size_t length = length_at(x, at);
    write_once(&x->written, data, length);  // @produce
    if (write_all(x->end[1], data, length) != 0) return -1;
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
  }
  return 0;
}
