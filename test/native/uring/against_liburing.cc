// Our ring and liburing on one and the same io_uring, in one program: what ours submits and reaps, liburing reaps and
// watches. So both have to agree on where heads and tails lie, who moves which, how indexes wrap, and what the numbers
// mean.

#include <liburing.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdarg>
#include <cstdio>
#include <cstdlib>

#include "uring/ring.h"

namespace {

io_uring_params seen{};
int seen_fd = -1;

void must(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "%s\n", what);
  std::exit(1);
}

}  // namespace

// The linker puts this in between (--wrap=syscall), to learn what io_uring_setup said to our ring.
extern "C" long __real_syscall(long number, ...);
extern "C" long __wrap_syscall(long number, ...) {
  va_list rest;
  va_start(rest, number);
  long a[6];
  for (long& each : a) each = va_arg(rest, long);
  va_end(rest);
  const long result = __real_syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
  if (number == SYS_io_uring_setup && result >= 0) {
    seen = *reinterpret_cast<io_uring_params*>(a[1]);
    seen_fd = static_cast<int>(result);
  }
  return result;
}

namespace uring = zcl::uring;

static_assert(uring::kSetup == __NR_io_uring_setup && uring::kEnter == __NR_io_uring_enter);
static_assert(uring::kRegister == __NR_io_uring_register);
static_assert(uring::kSetupSingleIssuer == IORING_SETUP_SINGLE_ISSUER);
static_assert(uring::kSetupDeferTaskrun == IORING_SETUP_DEFER_TASKRUN);
static_assert(uring::kReadFixed == IORING_OP_READ_FIXED && uring::kWriteFixed == IORING_OP_WRITE_FIXED);
static_assert(uring::kRead == IORING_OP_READ && uring::kWrite == IORING_OP_WRITE);
static_assert(uring::kAsyncCancel == IORING_OP_ASYNC_CANCEL && uring::kSplice == IORING_OP_SPLICE);
static_assert(uring::kSendZc == IORING_OP_SEND_ZC);
static_assert(uring::kMore == IORING_CQE_F_MORE && uring::kNotification == IORING_CQE_F_NOTIF);
#ifdef IORING_SEND_ZC_REPORT_USAGE
static_assert(uring::kSendZcReportUsage == IORING_SEND_ZC_REPORT_USAGE);
#endif
#ifdef IORING_NOTIF_USAGE_ZC_COPIED
static_assert(uring::kZcCopied == IORING_NOTIF_USAGE_ZC_COPIED);
#endif

namespace {

constexpr unsigned kRequests = 10;  // our ring makes 32 entries of it
constexpr uint8_t kNop = IORING_OP_NOP;

/// Ours submits `batch` requests, more often than the queues are long.
void submit(zcl::Ring& ours, unsigned batch) {
  for (unsigned tag = 0; tag < batch; ++tag) ours.queue(kNop, -1, tag);
  must(ours.enter(batch).ok(), "our enter failed");
}

void reaped_by_theirs(io_uring& theirs, unsigned batch) {
  for (unsigned tag = 0; tag < batch; ++tag) {
    io_uring_cqe* cqe = nullptr;
    must(io_uring_peek_cqe(&theirs, &cqe) == 0, "liburing sees no completion of our request");
    must((cqe->user_data & UINT32_MAX) == tag && cqe->res == 0, "liburing sees another completion than ours");
    io_uring_cqe_seen(&theirs, cqe);
  }
}

void reaped_by_ours(zcl::Ring& ours, unsigned batch) {
  for (unsigned tag = 0; tag < batch; ++tag) {
    const auto completion = ours.take();
    must(completion && completion->tag == tag && completion->result == 0, "we see another completion than ours");
  }
}

}  // namespace

int main() {
  zcl::CallCounter calls;
  auto opened = zcl::Ring::open(kRequests, {kNop}, calls);
  must(opened.ok(), opened.ok() ? "" : opened.error().message.c_str());
  zcl::Ring& ours = **opened;

  io_uring theirs{};
  must(io_uring_queue_mmap(seen_fd, &seen, &theirs) == 0, "liburing cannot map the ring");
  must(seen.sq_entries == 32 && seen.cq_entries == 64, "the ring has another size than asked for");

  for (unsigned round = 0; round < 1000; ++round) {
    const unsigned batch = 1 + round % kRequests;
    submit(ours, batch);
    must(*theirs.sq.khead == *theirs.sq.ktail, "liburing sees a submission that was not taken");
    must(io_uring_cq_ready(&theirs) == batch, "liburing counts other completions");
    if (round % 3 == 0) {
      reaped_by_theirs(theirs, batch);
    } else {
      reaped_by_ours(ours, batch);
    }
    must(io_uring_cq_ready(&theirs) == 0 && !ours.take(), "the two do not agree on what has been reaped");
  }
  must(calls["io_uring_enter"].times() == 1000, "calls were miscounted");
  std::puts("agreed");
  std::fflush(stdout);
  std::_Exit(0);  // ours would wait for what liburing has reaped
}
