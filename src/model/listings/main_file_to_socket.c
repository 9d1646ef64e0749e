// MODE, file to socket: a program that stands alone.
//
//   build:  cc -std=c11 -O2 -o MODE MODE.c
//   listen: nc -l -p 9000 | sha256sum      (any receiver that closes at the
//   end) run:    ./MODE SOURCE HOST PORT [BUFFER] watch:  strace -f -c ./MODE
//   SOURCE HOST PORT
//
// HOST is an address, PORT a number. BUFFER is a number of bytes, 65536 if it
// is left out. Over the network of this very host (127.0.0.1) the data is
// copied at least once, by the receiver; what goes without any copy needs a
// second host.
//
// SPDX-License-Identifier: MIT
// Copyright (c) 2026 Zero-Copy Lab contributors
#define _GNU_SOURCE
#include <fcntl.h>
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report.h"

static int connect_to(const char *host, const char *port) {
  const struct addrinfo wanted = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV,
                                  .ai_socktype = SOCK_STREAM};
  struct addrinfo *found;
  const int problem = getaddrinfo(host, port, &wanted, &found);
  if (problem != 0) {
    fprintf(stderr, "%s port %s: %s\n", host, port, gai_strerror(problem));
    return -1;
  }
  const int out = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int result = connect(out, found->ai_addr, found->ai_addrlen);
  if (result != 0) perror(host);
  freeaddrinfo(found);
  return result == 0 ? out : -1;
}

// Until the receiver has closed its side, too: it has everything by then.
static int await_end(int out) {
  char byte;
  shutdown(out, SHUT_WR);
  ssize_t got;
  while ((got = read(out, &byte, 1)) > 0) continue;
  return (int)got;
}

int main(int argc, char **argv) {
  if (argc < 4 || argc > 5) {
    fprintf(stderr, "usage: %s SOURCE HOST PORT [BUFFER]\n", argv[0]);
    return 2;
  }
  const size_t buffer = argc > 4 ? bytes_of(argv[4], 1, MOST_BUFFER) : 65536;
  const int in = open(argv[1], O_RDONLY | O_CLOEXEC);
  struct stat source;
  if (in < 0 || fstat(in, &source) != 0) {
    perror(argv[1]);
    return 1;
  }
  signal(SIGPIPE, SIG_IGN);  // a receiver that leaves is an error, EPIPE
  const int out = connect_to(argv[2], argv[3]);
  if (out < 0) return 1;

  struct rusage before, after;
  getrusage(RUSAGE_SELF, &before);
  const double start = now();
  if (move(in, out, source.st_size, buffer) != 0) {
    perror("move");
    return 1;
  }
  getrusage(RUSAGE_SELF, &after);
  printf("the last call returned after %.6f s\n", now() - start);
  if (await_end(out) != 0) {
    perror("receiver");
    return 1;
  }
  print_speed((uint64_t)source.st_size, now() - start);
  print_cost("sending", &before, &after);
  return 0;
}
