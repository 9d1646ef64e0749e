/*
 * The loops everybody would write, in plain C, as the yardstick of the addon: written apart from native/, sharing
 * nothing with it, and doing the same between the same two clock readings.
 *
 *   plain_loops MODE PATH SOURCE DEST_DIR BUFFER    one transfer
 *   plain_loops                                     one transfer per line of input, the same five fields parted by tabs
 *   plain_loops --alone [...]                       the same, in a process of a single thread
 *
 * MODE is read-write, mmap-write or sendfile; PATH is file-to-file or file-to-socket; BUFFER is bytes, for the receiver
 * too. Each transfer is answered by one line with its wall time in ns, or "error: ..." (then the exit status is 1).
 *
 * A second thread sleeps in the background, because the addon lives in a process that has some, too: in a process of one
 * thread the kernel looks up descriptors without counting references and leaves the file position unlocked (fdget_pos in
 * fs/file.c), which makes every read and write of a file some tens of ns cheaper, whatever the loop around it.
 *
 * cc -O2 -pthread -o plain_loops plain_loops.c
 */
#define _GNU_SOURCE
#define _FILE_OFFSET_BITS 64
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define CAP_PER_CALL 0x7ffff000L

static const char *failed; /* the call that failed, with errno */

static long long clock_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static int fail(const char *call) {
  failed = call;
  return -1;
}

static size_t smaller(size_t a, size_t b) {
  return a < b ? a : b;
}

/* A buffer of whole pages, all of them touched. */
static char *page_buffer(size_t size) {
  void *p = NULL;
  if (posix_memalign(&p, 4096, size > 0 ? size : 1) != 0) return NULL;
  memset(p, 1, size);
  return p;
}

static int put(int out, const char *p, size_t n) {
  while (n > 0) {
    ssize_t w = write(out, p, n);
    if (w < 0 && errno == EINTR) continue;
    if (w < 0) return fail("write");
    p += w;
    n -= w;
  }
  return 0;
}

static int read_write(int in, int out, size_t size, size_t buffer_size, char *buffer) {
  size_t left = size;
  while (left > 0) {
    ssize_t r = read(in, buffer, smaller(left, buffer_size));
    if (r < 0 && errno == EINTR) continue;
    if (r < 0) return fail("read");
    if (r == 0) return fail("short source");
    if (put(out, buffer, r) < 0) return -1;
    left -= r;
  }
  return 0;
}

static int mmap_write(int in, int out, size_t size, size_t buffer_size) {
  if (size == 0) return 0;
  char *p = mmap(NULL, size, PROT_READ, MAP_SHARED, in, 0);
  if (p == MAP_FAILED) return fail("mmap");
  int result = 0;
  for (size_t done = 0; done < size && result == 0; done += buffer_size) {
    result = put(out, p + done, smaller(size - done, buffer_size));
  }
  munmap(p, size);
  return result;
}

static int send_file(int in, int out, size_t size) {
  size_t left = size;
  while (left > 0) {
    ssize_t s = sendfile(out, in, NULL, smaller(left, CAP_PER_CALL));
    if (s < 0 && errno == EINTR) continue;
    if (s < 0) return fail("sendfile");
    if (s == 0) return fail("short source");
    left -= s;
  }
  return 0;
}

/* The receiver of the socket path: a thread that reads until it has everything, notes the time, and goes on to the end. */
struct receiver {
  int fd;
  size_t expected;
  size_t buffer_size;
  char *buffer;
  size_t got;
  long long complete;
};

static void *take_all(void *argument) {
  struct receiver *r = argument;
  for (;;) {
    ssize_t n = recv(r->fd, r->buffer, r->buffer_size, 0);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    r->got += n;
    if (r->got >= r->expected && r->complete == 0) r->complete = clock_ns();
  }
  return NULL;
}

/* A TCP connection over 127.0.0.1, both ends. */
static int connect_pair(int *sender, int *receiver) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  *sender = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  *receiver = -1;
  int ok = listener >= 0 && *sender >= 0 && bind(listener, (struct sockaddr *)&address, length) == 0 &&
           listen(listener, 1) == 0 && getsockname(listener, (struct sockaddr *)&address, &length) == 0 &&
           connect(*sender, (struct sockaddr *)&address, length) == 0 &&
           (*receiver = accept4(listener, NULL, NULL, SOCK_CLOEXEC)) >= 0;
  if (!ok) fail("connect");
  int error = errno;
  if (listener >= 0) close(listener);
  errno = error;
  return ok ? 0 : -1;
}

static int move(const char *mode, int in, int out, size_t size, size_t buffer_size, char *buffer) {
  if (strcmp(mode, "read-write") == 0) return read_write(in, out, size, buffer_size, buffer);
  if (strcmp(mode, "mmap-write") == 0) return mmap_write(in, out, size, buffer_size);
  if (strcmp(mode, "sendfile") == 0) return send_file(in, out, size);
  errno = EINVAL;
  return fail("mode");
}

static long long to_file(const char *mode, int in, const char *folder, size_t size, size_t buffer_size, char *buffer) {
  int out = open(folder, O_TMPFILE | O_RDWR | O_EXCL | O_CLOEXEC, 0600);
  if (out < 0) return fail("open");
  long long start = clock_ns();
  int result = move(mode, in, out, size, buffer_size, buffer);
  long long wall = clock_ns() - start;
  int error = errno;
  struct stat s;
  if (result == 0 && (fstat(out, &s) != 0 || (size_t)s.st_size != size)) result = fail("size");
  close(out);
  errno = error;
  return result == 0 ? wall : -1;
}

static long long to_socket(const char *mode, int in, size_t size, size_t buffer_size, char *buffer) {
  int out, far_end;
  if (connect_pair(&out, &far_end) < 0) return -1;
  struct receiver receiver = {.fd = far_end, .expected = size, .buffer_size = buffer_size};
  receiver.buffer = page_buffer(buffer_size);
  pthread_t thread;
  if (receiver.buffer == NULL || pthread_create(&thread, NULL, take_all, &receiver) != 0) return fail("receiver");

  long long start = clock_ns();
  int result = move(mode, in, out, size, buffer_size, buffer);
  long long end = clock_ns();
  int error = errno;
  shutdown(out, SHUT_WR);
  pthread_join(thread, NULL);
  if (receiver.complete > end) end = receiver.complete;
  if (result == 0 && receiver.got != size) result = fail("size");
  close(out);
  close(far_end);
  free(receiver.buffer);
  errno = error;
  return result == 0 ? end - start : -1;
}

static long long transfer(const char *mode, const char *path, const char *source, const char *folder,
                          const char *buffer_text) {
  errno = EINVAL;
  size_t buffer_size = strtoull(buffer_text, NULL, 10);
  if (buffer_size == 0) return fail("buffer");
  int in = open(source, O_RDONLY | O_CLOEXEC);
  if (in < 0) return fail("open");
  struct stat s;
  if (fstat(in, &s) != 0) return fail("fstat");
  char *buffer = page_buffer(smaller(buffer_size, s.st_size));
  if (buffer == NULL) return fail("malloc");

  long long wall = fail("path");
  if (strcmp(path, "file-to-file") == 0) wall = to_file(mode, in, folder, s.st_size, buffer_size, buffer);
  if (strcmp(path, "file-to-socket") == 0) wall = to_socket(mode, in, s.st_size, buffer_size, buffer);
  int error = errno;
  free(buffer);
  close(in);
  errno = error;
  return wall;
}

static int answer(long long wall) {
  if (wall < 0) {
    printf("error: %s: %s\n", failed, strerror(errno));
  } else {
    printf("%lld\n", wall);
  }
  fflush(stdout);
  return wall < 0;
}

static void *sleep_for_ever(void *unused) {
  for (;;) pause();
  return unused;
}

int main(int argc, char **argv) {
  if (argc > 1 && strcmp(argv[1], "--alone") == 0) {
    argc--;
    argv++;
  } else {
    pthread_t company;
    if (pthread_create(&company, NULL, sleep_for_ever, NULL) != 0) return 2;
  }
  if (argc == 6) return answer(transfer(argv[1], argv[2], argv[3], argv[4], argv[5]));
  if (argc != 1) {
    fprintf(stderr, "usage: plain_loops [--alone] [MODE PATH SOURCE DEST_DIR BUFFER]\n");
    return 2;
  }

  int result = 0;
  char *line = NULL;
  size_t space = 0;
  for (ssize_t length; (length = getline(&line, &space, stdin)) > 0;) {
    if (line[length - 1] == '\n') line[length - 1] = '\0';
    char *field[5] = {"", "", "", "", ""};
    char *rest = line;
    for (int i = 0; i < 5 && rest != NULL; i++) field[i] = strsep(&rest, "\t");
    result |= answer(transfer(field[0], field[1], field[2], field[3], field[4]));
  }
  free(line);
  return result;
}
