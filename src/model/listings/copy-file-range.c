// copy_file_range: says what is wanted and leaves the way to the filesystem.
// XFS and Btrfs share the blocks and move no data at all; NFS and SMB copy on
// the server; others, such as ext4, copy inside the kernel as sendfile does.
#define _GNU_SOURCE
#include <errno.h>
#include <sys/types.h>
#include <unistd.h>

// The most the kernel moves in one call: 2 GiB less one page.
#define MOST ((size_t)0x7ffff000)

int move(int in, int out, off_t size, size_t buffer) {
  (void)buffer;  // there is none: one call moves all it can

  for (size_t left = (size_t)size; left > 0;) {
    const size_t want = left < MOST ? left : MOST;
    ssize_t moved = copy_file_range(in, NULL, out, NULL, want, 0);  // @copy_file_range
    if (moved < 0 && errno == EINTR) continue;
    // EXDEV: since Linux 5.19 not from one filesystem to another. A program
    // that has to succeed goes on with sendfile or with read and write.
    if (moved < 0) return -1;
    if (moved == 0) {
      // The end of the file. Files of /proc say 0 although they can be read.
      errno = ENODATA;
      return -1;
    }
    left -= (size_t)moved;
  }
  return 0;
}
