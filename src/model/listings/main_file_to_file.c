// MODE, file to file: a program that stands alone.
//
//   build:  cc -std=c11 -O2 -o MODE MODE.c
//   run:    ./MODE SOURCE DESTINATION [BUFFER]
//   watch:  strace -f -c ./MODE SOURCE DESTINATION
//
// DESTINATION must not exist: nothing is ever overwritten. BUFFER is a number
// of bytes, 65536 if it is left out. Compare the system time, the page faults
// and the calls with those of other ways to move the same file, and do not
// forget that what is in the page cache of the copy has not been written to
// disk yet.
//
// SPDX-License-Identifier: MIT
// Copyright (c) 2026 Zero-Copy Lab contributors
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <linux/fiemap.h>
#include <linux/fs.h>

#include "report.h"

// How many bytes of a file lie in blocks that other files have as well.
static uint64_t shared_bytes(int file) {
  enum { AT_ONCE = 64 };
  union {
    struct fiemap map;
    char room[sizeof(struct fiemap) + AT_ONCE * sizeof(struct fiemap_extent)];
  } answer;
  uint64_t shared = 0, next = 0;
  do {
    answer.map = (struct fiemap){.fm_start = next,
                                 .fm_length = FIEMAP_MAX_OFFSET - next,
                                 .fm_extent_count = AT_ONCE};
    if (ioctl(file, FS_IOC_FIEMAP, &answer.map) != 0) break;
    for (unsigned i = 0; i < answer.map.fm_mapped_extents; i++) {
      const struct fiemap_extent *extent = &answer.map.fm_extents[i];
      if (extent->fe_flags & FIEMAP_EXTENT_SHARED) shared += extent->fe_length;
      next = extent->fe_logical + extent->fe_length;
    }
  } while (answer.map.fm_mapped_extents == AT_ONCE);
  return shared;
}

int main(int argc, char **argv) {
  if (argc < 3 || argc > 4) {
    fprintf(stderr, "usage: %s SOURCE DESTINATION [BUFFER]\n", argv[0]);
    return 2;
  }
  const size_t buffer = argc > 3 ? bytes_of(argv[3], 1, MOST_BUFFER) : 65536;
  const int in = open(argv[1], O_RDONLY | O_CLOEXEC);
  struct stat source;
  if (in < 0 || fstat(in, &source) != 0) {
    perror(argv[1]);
    return 1;
  }
  const int out = open(argv[2], O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (out < 0) {
    perror(argv[2]);
    return 1;
  }

  struct rusage before, after;
  getrusage(RUSAGE_SELF, &before);
  const double start = now();
  const int result = move(in, out, source.st_size, buffer);
  const double seconds = now() - start;
  if (result != 0) {
    perror("move");
    return 1;
  }
  getrusage(RUSAGE_SELF, &after);

  const uint64_t bytes = (uint64_t)source.st_size, shared = shared_bytes(out);
  if (shared == 0) {
    print_speed(bytes, seconds);
  } else {
    printf("%ju bytes in %.6f s, of which %ju share blocks: no data moved\n",
           (uintmax_t)bytes, seconds,
           (uintmax_t)(shared < bytes ? shared : bytes));
  }
  print_cost("copying", &before, &after);
  if (close(out) != 0) {
    perror(argv[2]);
    return 1;
  }
  return 0;
}
