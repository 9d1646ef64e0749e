/* What every program around a listing needs to be timed as the addon is. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static long long clock_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void *sleep_for_ever(void *unused) {
  for (;;) pause();
  return unused;
}

/*
 * A second thread that does nothing, because the addon lives in a process that has some: in a process of one thread the
 * kernel looks up descriptors without counting references and leaves the file position unlocked (fdget_pos in
 * fs/file.c), which makes every read and write of a file some tens of ns cheaper, whatever the loop around it.
 */
static int keep_company(void) {
  pthread_t company;
  return pthread_create(&company, NULL, sleep_for_ever, NULL);
}
