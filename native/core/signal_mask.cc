#include "core/signal_mask.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <initializer_list>

namespace zcl {
namespace {

// The kernel's own signal set: one bit per signal, 64 of them. pthread_sigmask has a symbol version above our floor.
using KernelSet = uint64_t;

constexpr KernelSet bit(int signal) {
  return KernelSet{1} << (signal - 1);
}

void change_mask(int how, KernelSet set) {
  syscall(SYS_rt_sigprocmask, how, &set, nullptr, sizeof set);
}

}  // namespace

void block_asynchronous_signals() {
  KernelSet set = ~KernelSet{0};
  for (int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT, SIGSYS}) set &= ~bit(signal);
  change_mask(SIG_SETMASK, set);
}

void unblock_signal(int signal) {
  change_mask(SIG_UNBLOCK, bit(signal));
}

}  // namespace zcl
