/*
 * The main() around the listing of a mode that hands bytes from process to process: the yardstick of the addon, doing
 * the same between the same two clock readings, with producer and consumer in a process each.
 *
 * Each line of input is one exchange, two fields parted by a tab: BYTES BUFFER, multiples of 64. Descriptor 3 gets one
 * line for each: the ns until the producer had handed over everything and the consumer had read it, and those that
 * produce() takes for nothing, that is, for what it sets up; or "error: ...".
 */
#define _GNU_SOURCE
#define _FILE_OFFSET_BITS 64
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "exchange.h"
#include "timing.h"

#define ANSWERS 3
#define PATIENCE_S 60

/* The listing. */
int channel(int end[2]);
int produce(struct exchange *x);
int consume(struct exchange *x);

/* Seen by all three processes. */
struct run {
  struct exchange x;
  pthread_barrier_t ready;
  long long set_up, start, produced, consumed;
};

static int run_producer(struct run *run) {
  struct run nothing = *run;
  nothing.x.size = 0;
  if (keep_company() != 0) return -1;
  const long long begun = clock_ns();
  if (produce(&nothing.x) != 0) return -1;
  run->set_up = clock_ns() - begun;
  pthread_barrier_wait(&run->ready);
  run->start = clock_ns();
  const int result = produce(&run->x);
  run->produced = clock_ns();
  return result;
}

static int run_consumer(struct run *run) {
  pthread_barrier_wait(&run->ready);
  const int result = consume(&run->x);
  run->consumed = clock_ns();
  return result;
}

/* One side in a process of its own, without the other side's end. It ends with us, and when nothing comes of it. */
static pid_t start(struct run *run, int (*side)(struct run *), int other_end) {
  const pid_t pid = fork();
  if (pid != 0) return pid;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  alarm(PATIENCE_S);
  close(run->x.end[other_end]);
  _exit(side(run) == 0 ? 0 : 1);
}

static int exchange(struct run *run) {
  if (channel(run->x.end) != 0) return -1;
  const pid_t sides[] = {start(run, run_consumer, 1), start(run, run_producer, 0)};
  close(run->x.end[0]);
  close(run->x.end[1]);
  int result = 0;
  for (int i = 0; i < 2; i++) {
    int status;
    if (sides[i] < 0 || waitpid(sides[i], &status, 0) < 0 || status != 0) result = -1;
  }
  return run->x.read.bytes == (uint64_t)run->x.size ? result : -1;
}

int main(void) {
  signal(SIGPIPE, SIG_IGN);
  struct run *run = mmap(NULL, sizeof *run, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (run == MAP_FAILED) return 2;
  pthread_barrierattr_t shared;
  pthread_barrierattr_init(&shared);
  pthread_barrierattr_setpshared(&shared, PTHREAD_PROCESS_SHARED);
  long long bytes, buffer;
  while (scanf("%lld %lld", &bytes, &buffer) == 2) {
    memset(run, 0, sizeof *run);
    pthread_barrier_init(&run->ready, &shared, 2);
    run->x.size = bytes;
    run->x.buffer = (size_t)buffer;
    if (exchange(run) == 0) {
      const long long end = run->produced > run->consumed ? run->produced : run->consumed;
      dprintf(ANSWERS, "%lld %lld\n", end - run->start, run->set_up);
    } else {
      dprintf(ANSWERS, "error: a side of the exchange failed\n");
    }
  }
  return 0;
}
