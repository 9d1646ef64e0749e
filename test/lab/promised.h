/* Put before a stand-alone listing (cc -include): files say that they have 10000 bytes more than they have. */
#define _GNU_SOURCE
#include <sys/stat.h>

static inline int promise(int file, struct stat *facts) {
  const int result = fstat(file, facts);
  facts->st_size += 10000;
  return result;
}

#define fstat(file, facts) promise(file, facts)
