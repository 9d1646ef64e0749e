// mmap + send with MSG_ZEROCOPY: the socket borrows the pages of the page cache
// itself. No CPU copy, where the network card can gather. Delivered on this
// very host the kernel copies after all. Worth it from about 10 KB per send on.
#define _GNU_SOURCE
#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#include "zerocopy.h"

static int send_all(int out, const char *data, size_t length,
                    struct sends *sends) {
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
    sends->lent |= bit;
    sends->made++;
    data += put;
    length -= (size_t)put;
  }
  return 0;
}

int move(int in, int out, off_t size, size_t buffer) {
  const size_t length = (size_t)size;
  if (length == 0) return 0;  // an empty mapping is an error (EINVAL)
  if (enable_zerocopy(out) != 0) return -1;
  char *view = mmap(NULL, length, PROT_READ, MAP_SHARED, in, 0);  // @mmap
  if (view == MAP_FAILED) return -1;

  struct sends sends = {0, 0, 0};
  int result = 0;
  for (size_t at = 0; at < length && result == 0; at += buffer) {
    const size_t rest = length - at;
    result = send_all(out, view + at, rest < buffer ? rest : buffer, &sends);
  }
  // It takes until the peer has acknowledged all: only then are the pages free.
  if (result == 0) result = settle(out, &sends, sends.lent);  // @recvmsg @poll
  munmap(view, length);  // @munmap
  print_sends(&sends);
  return result;
}
