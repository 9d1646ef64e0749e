/* Put before everything else (LD_PRELOAD): a receiver that takes its time, 4 ms before every recv() that waits for data. */
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

ssize_t recv(int socket, void* buffer, size_t bytes, int flags) {
  const struct timespec pause = {0, 4 * 1000 * 1000};
  if ((flags & MSG_DONTWAIT) == 0) clock_nanosleep(CLOCK_MONOTONIC, 0, &pause, NULL);
  return syscall(SYS_recvfrom, socket, buffer, bytes, flags, NULL, NULL);
}
