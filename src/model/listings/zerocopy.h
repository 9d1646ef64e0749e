// zerocopy.h: which sends with MSG_ZEROCOPY are not over yet. The kernel counts
// them from 0 on, calls and not bytes, and tells on the error queue of the
// socket which have given their memory back.
#include <errno.h>
#include <poll.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include <linux/errqueue.h>

struct sends {
  uint32_t made;    // the number of the next one; may wrap around
  uint32_t copied;  // of these the kernel says that it copied after all
  uint64_t lent;    // one bit for each that is not over, by number modulo 64
};

static uint64_t bit_of(uint32_t number) { return UINT64_C(1) << number % 64; }

// Without this option the flag MSG_ZEROCOPY means nothing.
static int enable_zerocopy(int socket) {
  const int on = 1;
  return setsockopt(socket, SOL_SOCKET, SO_ZEROCOPY, &on, sizeof on);
}

// Takes one message off the error queue, or sleeps until there may be one.
static int await_some(int socket, struct sends *sends) {
  _Alignas(struct cmsghdr) char control[256];
  struct msghdr message = {.msg_control = control,
                           .msg_controllen = sizeof control};
  if (recvmsg(socket, &message, MSG_ERRQUEUE) < 0) {  // never waits
    if (errno != EAGAIN) return errno == EINTR ? 0 : -1;
    struct pollfd queue = {.fd = socket};  // POLLERR need not be asked for
    if (poll(&queue, 1, -1) < 0) return errno == EINTR ? 0 : -1;
    if ((queue.revents & POLLHUP) == 0) return 0;
    errno = ECONNRESET;  // nobody takes what is still under way
    return -1;
  }
  struct sock_extended_err note;
  memcpy(&note, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof note);
  if (note.ee_origin != SO_EE_ORIGIN_ZEROCOPY) return 0;
  // One message is about a whole range, and ranges may come in any order.
  for (uint32_t i = note.ee_info; i != note.ee_data + 1; i++) {
    sends->lent &= ~bit_of(i);
    if (note.ee_code & SO_EE_CODE_ZEROCOPY_COPIED) sends->copied++;
  }
  return 0;
}

// Waits until none of the sends in `which` is under way.
static int settle(int socket, struct sends *sends, uint64_t which) {
  while (sends->lent & which) {
    if (await_some(socket, sends) != 0) return -1;
  }
  return 0;
}

// No proof: where a network card cannot gather, the kernel copies later on,
// when it makes packets, and does not say so.
static void print_sends(const struct sends *sends) {
  printf("%u sends, of which the kernel says it copied %u\n", sends->made,
         sends->copied);
}
