/*
 * Put before a stand-alone listing (cc -include): while it moves its bytes, a signal comes every 200 microseconds, whose
 * handler has no SA_RESTART, and a socket takes no more than a few packets. So calls block, and end with EINTR, or with
 * less than they were asked for.
 *
 * The mains ask getrusage before and after the move, and prctl in each side of an exchange: there it begins and ends.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>

static volatile sig_atomic_t disturbances;

static void count_disturbance(int signal) {
  (void)signal;
  disturbances++;
}

static inline void disturb(int on) {
  const struct sigaction counting = {.sa_handler = count_disturbance};
  const struct itimerval often = {{0, on ? 200 : 0}, {0, on ? 200 : 0}};
  if (on) sigaction(SIGALRM, &counting, NULL);
  setitimer(ITIMER_REAL, &often, NULL);
}

static inline void disturb_in_turns(void) {
  static int on;
  on = !on;
  disturb(on);
}

static inline int connect_narrowly(int out, const struct sockaddr *address, socklen_t length) {
  const int least = 1; /* the kernel makes it 4608 */
  setsockopt(out, SOL_SOCKET, SO_SNDBUF, &least, sizeof least);
  return connect(out, address, length);
}

#define connect(out, address, length) connect_narrowly(out, address, length)
#define getrusage(who, usage) (disturb_in_turns(), getrusage(who, usage))
#define prctl(...) (disturb(1), prctl(__VA_ARGS__))
