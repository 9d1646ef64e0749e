// ring.h: the smallest io_uring, through the kernel's own header. Requests go
// into one ring, completions come out of another; both lie in memory shared
// with the kernel. One system call hands over all that has been queued and
// waits for as many completions as one likes.
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/io_uring.h>

#ifndef IORING_CQE_F_NOTIF  // headers older than Linux 6.0
#define IORING_CQE_F_NOTIF (1U << 3)
#endif

struct ring {
  int fd;
  char *shared;                   // heads, tails and completions ...
  struct io_uring_params layout;  // ... and where the kernel put them
  struct io_uring_sqe *requests;
};

static unsigned *ring_word(const struct ring *ring, unsigned offset) {
  return (unsigned *)(void *)(ring->shared + offset);
}

// What lies last in the shared memory is the order of the requests.
static size_t ring_shared_bytes(const struct ring *ring) {
  const struct io_uring_params *layout = &ring->layout;
  return layout->sq_off.array + layout->sq_entries * sizeof(unsigned);
}

static size_t ring_request_bytes(const struct ring *ring) {
  return ring->layout.sq_entries * sizeof(struct io_uring_sqe);
}

static void *ring_map(const struct ring *ring, size_t bytes, off_t what) {
  const int access = PROT_READ | PROT_WRITE;
  return mmap(NULL, bytes, access, MAP_SHARED | MAP_POPULATE, ring->fd, what);
}

static void ring_close(struct ring *ring) {
  munmap(ring->requests, ring_request_bytes(ring));
  munmap(ring->shared, ring_shared_bytes(ring));
  close(ring->fd);
}

// `entries`: a power of two; no more requests than that may be under way.
static int ring_open(struct ring *ring, unsigned entries) {
  memset(ring, 0, sizeof *ring);
  struct io_uring_params *layout = &ring->layout;
  ring->fd = (int)syscall(SYS_io_uring_setup, entries, layout);
  if (ring->fd < 0) return -1;

  // One mapping shows both rings (IORING_FEAT_SINGLE_MMAP, Linux 5.4).
  ring->shared = ring_map(ring, ring_shared_bytes(ring), IORING_OFF_SQ_RING);
  ring->requests = ring_map(ring, ring_request_bytes(ring), IORING_OFF_SQES);
  if ((void *)ring->shared == MAP_FAILED ||
      (void *)ring->requests == MAP_FAILED) {
    ring_close(ring);
    errno = ENOMEM;
    return -1;
  }
  unsigned *order = ring_word(ring, layout->sq_off.array);
  for (unsigned i = 0; i < layout->sq_entries; i++) order[i] = i;
  return 0;
}

// Puts a request at the tail. The kernel looks at it in the next io_uring_enter
// and not before, so there is time to fill in what else it needs. `result` goes
// along and comes back with the completion.
static struct io_uring_sqe *ring_request(struct ring *ring, int opcode,
                                         int flags, int fd, const void *data,
                                         size_t length, off_t at, int *result) {
  unsigned *tail = ring_word(ring, ring->layout.sq_off.tail);
  const unsigned mask = ring->layout.sq_entries - 1;
  struct io_uring_sqe *request = &ring->requests[(*tail)++ & mask];
  *request = (struct io_uring_sqe){.opcode = (unsigned char)opcode,
                                   .flags = (unsigned char)flags,
                                   .fd = fd,
                                   .off = (uint64_t)at,
                                   .addr = (uintptr_t)data,
                                   .len = (unsigned)length,
                                   .user_data = (uintptr_t)result};
  return request;
}

// The kernel writes a completion first and moves the tail after it: acquire.
static unsigned ring_completed(const struct ring *ring) {
  const unsigned *tail = ring_word(ring, ring->layout.cq_off.tail);
  const unsigned *head = ring_word(ring, ring->layout.cq_off.head);
  return __atomic_load_n(tail, __ATOMIC_ACQUIRE) - *head;
}

// Hands over what has been queued and waits until `wanted` completions are
// there. How a request went is not said here, but by its completion.
static int ring_enter(struct ring *ring, int wanted) {
  const unsigned *tail = ring_word(ring, ring->layout.sq_off.tail);
  const unsigned *head = ring_word(ring, ring->layout.sq_off.head);
  while (*tail != *head || ring_completed(ring) < (unsigned)wanted) {
    long taken = syscall(SYS_io_uring_enter, ring->fd, *tail - *head, wanted,
                         IORING_ENTER_GETEVENTS, NULL, 0);
    if (taken < 0 && errno != EINTR) return -1;
  }
  return 0;
}

// Takes a completion that is there off the ring and returns its flags. The
// `result` of its request gets how it went: a count of bytes, or minus the
// error. What a notification says (SEND_ZC) goes to result[1].
static unsigned ring_next(struct ring *ring) {
  const struct io_cqring_offsets *at = &ring->layout.cq_off;
  const struct io_uring_cqe *all = (void *)ring_word(ring, at->cqes);
  unsigned *head = ring_word(ring, at->head);
  const struct io_uring_cqe *next = &all[*head & (ring->layout.cq_entries - 1)];
  const unsigned flags = next->flags;
  int *result = (int *)(uintptr_t)next->user_data;
  result[flags & IORING_CQE_F_NOTIF ? 1 : 0] = next->res;
  // From here on the kernel may use its place again: release.
  __atomic_store_n(head, *head + 1, __ATOMIC_RELEASE);
  return flags;
}

// Hands over the requests and waits until all of them are done. A signal or a
// page that has yet to be read may make one come short: that is no error.
static int ring_finish(struct ring *ring, int requests) {
  if (ring_enter(ring, requests) != 0) return -1;
  while (requests-- > 0) ring_next(ring);
  return 0;
}

// A signal can end a request before it has moved anything; ECANCELED: the
// kernel could not start a thread for it, or it was linked to one that came
// short. 512 is the kernel's own ERESTARTSYS. Such requests are made once more.
static int ring_again(int result) {
  return result == -EINTR || result == -EAGAIN || result == -ECANCELED ||
         result == -512;
}

// How many requests come before the first that has to be made once more.
static inline int ring_settled(const int *results, int requests) {
  int settled = 0;
  while (settled < requests && !ring_again(results[settled])) settled++;
  return settled;
}

// For a result that is no count of bytes: sets errno, which a ring does not.
static int ring_failed(int result) {
  errno = result < 0 ? -result : ENODATA;  // 0: the file has been cut short
  return -1;
}
