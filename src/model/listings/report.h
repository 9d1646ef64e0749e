// report.h: what a run has cost.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#define MOST_BUFFER ((uint64_t)1 << 30)

// A number of bytes; ends the program if it is none, or too small or too large.
static uint64_t bytes_of(const char *text, uint64_t least, uint64_t most) {
  char *end;
  const uint64_t bytes = strtoull(text, &end, 10);
  if (*text >= '0' && *text <= '9' && *end == '\0' && bytes >= least &&
      bytes <= most) {
    return bytes;
  }
  fprintf(stderr, "%s is no number of bytes from %ju to %ju\n", text,
          (uintmax_t)least, (uintmax_t)most);
  exit(2);
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void print_speed(uint64_t bytes, double seconds) {
  printf("%ju bytes in %.6f s: %.0f MiB/s\n", (uintmax_t)bytes, seconds,
         (double)bytes / 1048576 / seconds);
}

static double difference(struct timeval from, struct timeval to) {
  return (double)(to.tv_sec - from.tv_sec) +
         1e-6 * (double)(to.tv_usec - from.tv_usec);
}

// CPU time is where copies show, faults are what mappings cost, and switches
// are waits for a device or for the other side.
static void print_cost(const char *who, const struct rusage *before,
                       const struct rusage *after) {
  printf("%s: %.3f s user and %.3f s system time, %ld page faults, ", who,
         difference(before->ru_utime, after->ru_utime),
         difference(before->ru_stime, after->ru_stime),
         after->ru_minflt - before->ru_minflt + after->ru_majflt -
             before->ru_majflt);
  printf("%ld context switches\n", after->ru_nvcsw - before->ru_nvcsw +
                                       after->ru_nivcsw - before->ru_nivcsw);
}
