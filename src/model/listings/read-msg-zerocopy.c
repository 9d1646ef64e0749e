// read + send with MSG_ZEROCOPY: the socket borrows buffers of ours. One CPU
// copy is left, the one inside read. A buffer may be read into again only when
// the sends out of it are over: until then the kernel sends what is in it.
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "zerocopy.h"

#define BUFFERS 8

// `lent` gets the bits of the sends it takes.
static int send_all(int out, const char *data, size_t length,
                    struct sends *sends, uint64_t *lent) {
  while (length > 0) {
    // At most 64 at a time: number n takes the place of number n - 64.
    const uint64_t bit = bit_of(sends->made);
    if (settle(out, sends, bit) != 0) return -1;  // @recvmsg @poll
    ssize_t put = send(out, data, length, MSG_ZEROCOPY);  // @send
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) {
      // ENOBUFS: no more can be lent (optmem_max, ulimit -l). Get it back.
      if (errno != ENOBUFS || sends->lent == 0) return -1;
      if (settle(out, sends, sends->lent) != 0) return -1;  // @recvmsg @poll
      continue;
    }
    *lent |= bit;
    sends->lent |= bit;
    sends->made++;
    data += put;
    length -= (size_t)put;
  }
  return 0;
}

static int copy(int in, int out, size_t left, char *data, size_t buffer) {
  struct sends sends = {0, 0, 0};
  uint64_t lent[BUFFERS] = {0};
  for (size_t i = 0; left > 0; i = (i + 1) % BUFFERS) {
    char *chunk = data + i * buffer;
    if (settle(out, &sends, lent[i]) != 0) return -1;  // @recvmsg @poll
    lent[i] = 0;
    ssize_t got;
    do {
      got = read(in, chunk, left < buffer ? left : buffer);  // @read
    } while (got < 0 && errno == EINTR);
    if (got == 0) errno = ENODATA;  // the file has been cut short
    if (got <= 0) return -1;
    if (send_all(out, chunk, (size_t)got, &sends, &lent[i]) != 0) return -1;
    left -= (size_t)got;
  }
  if (settle(out, &sends, sends.lent) != 0) return -1;  // @recvmsg @poll
  print_sends(&sends);
  return 0;
}

int move(int in, int out, off_t size, size_t buffer) {
  if (enable_zerocopy(out) != 0) return -1;
  char *data = malloc(BUFFERS * buffer);
  if (data == NULL) return -1;
  int result = copy(in, out, (size_t)size, data, buffer);
  free(data);
  return result;
}
