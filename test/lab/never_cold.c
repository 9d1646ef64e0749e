/* Put before everything else (LD_PRELOAD): a cache that keeps what it is told to drop, and says that it did. */
#include <sys/types.h>

int posix_fadvise(int file, off_t from, off_t bytes, int advice) {
  (void)file, (void)from, (void)bytes, (void)advice;
  return 0;
}

int posix_fadvise64(int file, off64_t from, off64_t bytes, int advice) {
  (void)file, (void)from, (void)bytes, (void)advice;
  return 0;
}
