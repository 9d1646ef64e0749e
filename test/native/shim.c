/*
 * Preloaded by tests, to bring about what this machine does not: a filesystem without unnamed files, strangers who
 * knock at the receiver before the sender does, a receiver that stops taking bytes, a kernel that lets nobody look into
 * another's memory, a write that takes long, and an fdatasync that fails at first.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static int open_as(const char* name, const char* path, int flags, mode_t mode) {
  if ((flags & O_TMPFILE) == O_TMPFILE && getenv("SHIM_NO_TMPFILE") != NULL) {
    errno = EOPNOTSUPP;
    return -1;
  }
  int (*real)(const char*, int, ...) = (int (*)(const char*, int, ...))dlsym(RTLD_NEXT, name);
  return real(path, flags, mode);
}

#define OPEN(name)                             \
  int name(const char* path, int flags, ...) { \
    va_list rest;                              \
    va_start(rest, flags);                     \
    mode_t mode = va_arg(rest, mode_t);        \
    va_end(rest);                              \
    return open_as(#name, path, flags, mode);  \
  }

OPEN(open)
OPEN(open64)

/* Three strangers: one says nothing, one says something else, one leaves at once. The first two stay on the line. */
int connect(int fd, const struct sockaddr* address, socklen_t length) {
  int (*real)(int, const struct sockaddr*, socklen_t) =
      (int (*)(int, const struct sockaddr*, socklen_t))dlsym(RTLD_NEXT, "connect");
  if (address->sa_family == AF_INET && getenv("SHIM_STRANGERS") != NULL) {
    for (int i = 0; i < 3; i++) {
      int stranger = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
      if (stranger < 0 || real(stranger, address, length) != 0) abort();
      if (i == 1 && write(stranger, "GET / HTTP/1.1\r\n\r\n", 18) != 18) abort();
      if (i == 2) close(stranger);
    }
  }
  return real(fd, address, length);
}

/* After SHIM_STALL bytes a blocking recv takes no more: it only waits for a signal. */
ssize_t recv(int fd, void* buffer, size_t length, int flags) {
  static _Atomic long taken = 0;
  ssize_t (*real)(int, void*, size_t, int) = (ssize_t(*)(int, void*, size_t, int))dlsym(RTLD_NEXT, "recv");
  const char* limit = getenv("SHIM_STALL");
  if (limit != NULL && flags == 0 && taken >= atol(limit)) return pause();
  const ssize_t got = real(fd, buffer, length, flags);
  if (flags == 0 && got > 0) taken += got;
  return got;
}

ssize_t process_vm_readv(pid_t pid, const struct iovec* here, unsigned long heres, const struct iovec* there,
                         unsigned long theres, unsigned long flags) {
  if (getenv("SHIM_NO_PROCESS_VM") != NULL) {
    errno = EPERM;
    return -1;
  }
  ssize_t (*real)(pid_t, const struct iovec*, unsigned long, const struct iovec*, unsigned long, unsigned long) =
      (ssize_t(*)(pid_t, const struct iovec*, unsigned long, const struct iovec*, unsigned long, unsigned long))dlsym(
          RTLD_NEXT, "process_vm_readv");
  return real(pid, here, heres, there, theres, flags);
}

/* The fiftieth write of a buffer of 8 KiB takes SHIM_SLOW_WRITE ns longer. */
ssize_t write(int fd, const void* buffer, size_t length) {
  static _Atomic int buffers = 0;
  ssize_t (*real)(int, const void*, size_t) = (ssize_t(*)(int, const void*, size_t))dlsym(RTLD_NEXT, "write");
  const char* delay = getenv("SHIM_SLOW_WRITE");
  if (delay != NULL && length == 8192 && ++buffers == 50) {
    const struct timespec rest = {0, atol(delay)};
    nanosleep(&rest, NULL);
  }
  return real(fd, buffer, length);
}

/* The first two fail with this errno. */
int fdatasync(int fd) {
  static _Atomic int calls = 0;
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
  const char* error = getenv("SHIM_SYNC_FAILS");
  if (error != NULL && ++calls <= 2) {
    errno = atoi(error);
    return -1;
  }
  return real(fd);
}
