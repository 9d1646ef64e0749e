// MODE, process to process: a program that stands alone.
//
//   build:  cc -std=c11 -O2 -o MODE MODE.c
//   run:    ./MODE BYTES [BUFFER]
//   watch:  strace -f -c ./MODE BYTES
//
// Hands over BYTES of made-up payload, BUFFER of them at a time, 65536 if it is
// left out. The sums that both sides print must be the same. Compare the system
// time of producer and consumer: whoever copies pays.
//
// SPDX-License-Identifier: MIT
// Copyright (c) 2026 Zero-Copy Lab contributors
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "exchange.h"
#include "report.h"

// Starts one side in a process of its own, without the other side's end. Should
// we have to give up, it ends as well: it might wait for the other for ever.
static pid_t start(struct exchange *x, const char *name,
                   int (*side)(struct exchange *), int other_end) {
  const pid_t pid = fork();
  if (pid < 0) {
    perror("fork");
    exit(1);
  }
  if (pid > 0) return pid;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  close(x->end[other_end]);
  if (side(x) == 0) _exit(0);
  perror(name);
  _exit(1);
}

static void print_tally(const char *name, const struct tally *tally) {
  printf("%s %ju bytes, checksum %016jx\n", name, (uintmax_t)tally->bytes,
         (uintmax_t)tally->sum_of_sums);
}

int main(int argc, char **argv) {
  if (argc < 2 || argc > 3) {
    fprintf(stderr, "usage: %s BYTES [BUFFER]\n", argv[0]);
    return 2;
  }
  struct exchange *x = mmap(NULL, sizeof *x, PROT_READ | PROT_WRITE,
                            MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (x == MAP_FAILED) {
    perror("mmap");
    return 1;
  }
  x->size = (off_t)bytes_of(argv[1], 0, INT64_MAX / 2);
  x->buffer = argc > 2 ? bytes_of(argv[2], 1, MOST_BUFFER) : 65536;
  if (channel(x->end) != 0) {
    perror("channel");
    return 1;
  }
  signal(SIGPIPE, SIG_IGN);  // a consumer that leaves is an error, EPIPE

  const double begun = now();
  const pid_t producer = start(x, "producer", produce, 0);
  start(x, "consumer", consume, 1);
  close(x->end[0]);
  close(x->end[1]);

  static const struct rusage nothing;
  struct rusage by_producer = nothing, by_consumer = nothing;
  for (int i = 0; i < 2; i++) {
    struct rusage used;
    int status;
    const pid_t ended = wait4(-1, &status, 0, &used);
    if (ended < 0 || status != 0) return 1;
    *(ended == producer ? &by_producer : &by_consumer) = used;
  }
  const double seconds = now() - begun;

  print_tally("produced", &x->written);
  print_tally("consumed", &x->read);
  print_speed((uint64_t)x->size, seconds);
  print_cost("producer", &nothing, &by_producer);
  print_cost("consumer", &nothing, &by_consumer);
  return memcmp(&x->written, &x->read, sizeof x->read) == 0 ? 0 : 1;
}
