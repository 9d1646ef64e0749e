// O_DIRECT read + send with MSG_ZEROCOPY: the disk writes into buffers of ours,
// and the socket borrows them. No page cache, and no CPU copy on this side
// where the network card can gather. A buffer may be used again only when the
// sends out of it are over.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "zerocopy.h"

#define BUFFERS 8
#define BLOCK ((size_t)4096)  // what buffers and reads are multiples of

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
      got = read(in, chunk, buffer);  // @read
    } while (got < 0 && errno == EINTR);
    if (got == 0) errno = ENODATA;  // the file has been cut short
    if (got <= 0) return -1;
    const size_t length = (size_t)got < left ? (size_t)got : left;
    if (send_all(out, chunk, length, &sends, &lent[i]) != 0) return -1;
    left -= length;
  }
  if (settle(out, &sends, sends.lent) != 0) return -1;  // @recvmsg @poll
  print_sends(&sends);
  return 0;
}

int move(int in, int out, off_t size, size_t buffer) {
  if (enable_zerocopy(out) != 0) return -1;
  if (fcntl(in, F_SETFL, O_DIRECT) != 0) return -1;  // @fcntl
  buffer = (buffer + BLOCK - 1) / BLOCK * BLOCK;
  char *data = aligned_alloc(BLOCK, BUFFERS * buffer);
  if (data == NULL) return -1;
  int result = copy(in, out, (size_t)size, data, buffer);
  free(data);
  return result;
}
