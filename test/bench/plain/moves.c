/*
 * The main() around the listing of a mode that moves a file: the yardstick of the addon, doing the same between the
 * same two clock readings.
 *
 * Each line of input is one transfer, four fields parted by tabs:
 *
 *   SOURCE FOLDER file|socket BUFFER
 *
 * `file`: into a file without a name in FOLDER; `socket`: over 127.0.0.1 to a thread that reads with a buffer of the
 * same size. Descriptor 3 gets one line for each: how long move() took in ns, and how long it takes with an empty file
 * in FOLDER, that is, for what it sets up and takes apart; or "error: ...". Standard output is the listing's own.
 */
#define _GNU_SOURCE
#define _FILE_OFFSET_BITS 64
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "timing.h"

#define ANSWERS 3
#define TOKEN_BYTES 16

int move(int in, int out, off_t size, size_t buffer); /* the listing */

struct times {
  long long start, wall, set_up;
};

/* The receiver of the socket path: reads until it has everything, notes the time, and goes on to the end. */
struct receiver {
  int fd;
  size_t expected;
  size_t buffer_size;
  size_t got;
  long long complete;
};

static void *receive(void *argument) {
  struct receiver *r = argument;
  char token[TOKEN_BYTES];
  char *buffer = malloc(r->buffer_size);
  if (buffer == NULL || recv(r->fd, token, sizeof token, MSG_WAITALL) != sizeof token) return NULL;
  send(r->fd, "!", 1, 0);
  ssize_t n;
  while ((n = recv(r->fd, buffer, r->buffer_size, 0)) > 0) {
    r->got += (size_t)n;
    if (r->got >= r->expected && r->complete == 0) r->complete = clock_ns();
  }
  free(buffer);
  return NULL;
}

/* A TCP connection over 127.0.0.1, both ends. */
static int connect_pair(int *sender, int *receiver) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  *sender = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (listener < 0 || *sender < 0 || bind(listener, (struct sockaddr *)&address, length) != 0) return -1;
  if (listen(listener, 1) != 0 || getsockname(listener, (struct sockaddr *)&address, &length) != 0) return -1;
  if (connect(*sender, (struct sockaddr *)&address, length) != 0) return -1;
  *receiver = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
  close(listener);
  return *receiver < 0 ? -1 : 0;
}

static int unnamed_file(const char *folder) {
  return open(folder, O_TMPFILE | O_RDWR | O_EXCL | O_CLOEXEC, 0600);
}

/* `empty` is a file as large as its name says. Its turn is second: it would warm up what the other meets cold. */
static int time_move(int in, int empty, int out, size_t size, size_t buffer, struct times *times) {
  times->start = clock_ns();
  if (move(in, out, (off_t)size, buffer) != 0) return -1;
  const long long end = clock_ns();
  times->wall = end - times->start;
  if (move(empty, out, 0, buffer) != 0) return -1;
  times->set_up = clock_ns() - end;
  return 0;
}

static int to_file(int in, int empty, const char *folder, size_t size, size_t buffer, struct times *times) {
  struct stat copy;
  const int out = unnamed_file(folder);
  int result = out < 0 ? -1 : time_move(in, empty, out, size, buffer, times);
  if (result == 0 && (fstat(out, &copy) != 0 || (size_t)copy.st_size != size)) {
    errno = EIO;
    result = -1;
  }
  const int error = errno;
  if (out >= 0) close(out);
  errno = error;
  return result;
}

static int to_socket(int in, int empty, size_t size, size_t buffer, struct times *times) {
  static const char token[TOKEN_BYTES];
  struct receiver receiver = {.expected = size, .buffer_size = buffer};
  pthread_t thread;
  char welcome;
  int out;
  if (connect_pair(&out, &receiver.fd) != 0) return -1;
  if (pthread_create(&thread, NULL, receive, &receiver) != 0) return -1;
  if (send(out, token, sizeof token, 0) != sizeof token || recv(out, &welcome, 1, 0) != 1) return -1;

  int result = time_move(in, empty, out, size, buffer, times);
  const int error = errno;
  shutdown(out, SHUT_WR);
  pthread_join(thread, NULL);
  close(out);
  close(receiver.fd);
  errno = error;
  if (result != 0) return -1;

  /* The later of the two: the last call has returned, the receiver has everything. */
  const long long arrived = receiver.complete - times->start;
  if (arrived > times->wall) times->wall = arrived;
  if (receiver.got == size) return 0;
  errno = EIO;
  return -1;
}

static int transfer(const char *source, const char *folder, const char *route, size_t buffer, struct times *times) {
  struct stat s;
  const int in = open(source, O_RDONLY | O_CLOEXEC), empty = unnamed_file(folder);
  int result = in < 0 || empty < 0 || fstat(in, &s) != 0 ? -1 : 0;
  if (result == 0) {
    result = strcmp(route, "socket") == 0 ? to_socket(in, empty, (size_t)s.st_size, buffer, times)
                                          : to_file(in, empty, folder, (size_t)s.st_size, buffer, times);
  }
  const int error = errno;
  if (in >= 0) close(in);
  if (empty >= 0) close(empty);
  errno = error;
  return result;
}

int main(void) {
  signal(SIGPIPE, SIG_IGN);
  if (keep_company() != 0) return 2;
  char *line = NULL;
  size_t space = 0;
  for (ssize_t length; (length = getline(&line, &space, stdin)) > 0;) {
    line[strcspn(line, "\n")] = '\0';
    char *field[4] = {"", "", "", ""};
    char *rest = line;
    for (int i = 0; i < 4 && rest != NULL; i++) field[i] = strsep(&rest, "\t");
    struct times times;
    if (transfer(field[0], field[1], field[2], strtoull(field[3], NULL, 10), &times) == 0) {
      dprintf(ANSWERS, "%lld %lld\n", times.wall, times.set_up);
    } else {
      dprintf(ANSWERS, "error: %s\n", strerror(errno));
    }
  }
  return 0;
}
