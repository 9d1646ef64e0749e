#include "core/interrupt.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>
#include <ctime>

#include "core/signal_mask.h"

// glibc before 2.35 has no name for this member.
#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

namespace zcl {
namespace {

constexpr long kResendNs = 1'000'000;

void do_nothing(int) {}

// A signal nobody in this process handles. The handler does nothing; without SA_RESTART its arrival alone ends a blocking
// call. Not a real-time one: those queue up, and are lost where the user's queue is full (RLIMIT_SIGPENDING, which all
// processes of a user share), while a standard signal is delivered even then (kernel/signal.c: __send_signal_locked).
int take_free_signal() {
  struct sigaction ours {};
  ours.sa_handler = do_nothing;
  for (int signal : {SIGSTKFLT, SIGPWR, SIGURG, SIGIO, SIGUSR2}) {
    struct sigaction theirs {};
    if (sigaction(signal, nullptr, &theirs) == 0 && theirs.sa_handler == SIG_DFL) {
      sigaction(signal, &ours, nullptr);
      return signal;
    }
  }
  return 0;  // Taken, all of them: then the flag alone must do, and signal 0 is one that is never delivered.
}

int interrupt_signal() {
  static const int signal = take_free_signal();
  return signal;
}

}  // namespace

void Interrupt::request() {
  const std::lock_guard lock(mutex_);
  if (requested_.exchange(true)) return;
  for (Interruptible* thread = first_; thread != nullptr; thread = thread->next_) thread->keep_sending();
}

void Interrupt::nudge() {
  const std::lock_guard lock(mutex_);
  for (Interruptible* thread = first_; thread != nullptr; thread = thread->next_) thread->send_signal();
}

Interruptible::Interruptible(Interrupt& interrupt)
    : interrupt_(interrupt), thread_(static_cast<pid_t>(syscall(SYS_gettid))) {
  if (interrupt_signal() != 0) unblock_signal(interrupt_signal());
  make_timer();
  const std::lock_guard lock(interrupt_.mutex_);
  next_ = interrupt_.first_;
  interrupt_.first_ = this;
}

Interruptible::~Interruptible() {
  const std::lock_guard lock(interrupt_.mutex_);
  Interruptible** link = &interrupt_.first_;
  while (*link != this) link = &(*link)->next_;
  *link = next_;
  if (timer_ >= 0) syscall(SYS_timer_delete, timer_);
}

void Interruptible::send_signal() const {
  syscall(SYS_tgkill, getpid(), thread_, interrupt_signal());
}

// A timer of the kernel's does the sending: it needs no thread, and reaches exactly this one. Made beforehand, because it
// takes a place in the user's signal queue, which may be full when the time comes.
void Interruptible::make_timer() {
  sigevent event{};
  event.sigev_notify = SIGEV_THREAD_ID;
  event.sigev_signo = interrupt_signal();
  event.sigev_notify_thread_id = thread_;
  if (syscall(SYS_timer_create, CLOCK_MONOTONIC, &event, &timer_) != 0) timer_ = -1;
}

void Interruptible::keep_sending() const {
  send_signal();
  if (timer_ < 0) return;
  const itimerspec period{{0, kResendNs}, {0, kResendNs}};
  syscall(SYS_timer_settime, timer_, 0, &period, nullptr);
}

}  // namespace zcl
