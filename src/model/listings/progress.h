// progress.h: one side tells the other how far it has come. A call is made only
// when somebody sleeps, or has to: that is what a futex is for.
#include <stdatomic.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/futex.h>

// The kernel sleeps only if `asleep` is still 1 by then, so no call to wake is
// missed. FUTEX_PRIVATE would be cheaper, but is for threads of one process.
static void futex(struct progress *progress, int operation) {
  syscall(SYS_futex, &progress->asleep, operation, 1, NULL, NULL, 0);
}

// One buffer more. First the count, then a look whether somebody sleeps; the
// other side lies down first and then looks at the count: one sees the other.
static void progress_raise(struct progress *progress) {
  atomic_fetch_add(&progress->count, 1);
  if (atomic_exchange(&progress->asleep, 0)) futex(progress, FUTEX_WAKE);
}

// Waits until the other side has raised its count to `wanted`.
static void progress_await(struct progress *progress, uint32_t wanted) {
  while ((int32_t)(atomic_load(&progress->count) - wanted) < 0) {
    atomic_store(&progress->asleep, 1);
    if ((int32_t)(atomic_load(&progress->count) - wanted) < 0) {
      futex(progress, FUTEX_WAIT);
    }
  }
}
