#include "core/bus_guard.h"

#include <pthread.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

namespace zcl {
namespace {

struct sigaction g_before {};

/// As if ours were not there.
void pass_on(int signal, siginfo_t* info, void* context) {
  if ((g_before.sa_flags & SA_SIGINFO) != 0) return g_before.sa_sigaction(signal, info, context);
  const bool sent_by_a_process = info->si_code <= 0;
  if (g_before.sa_handler == SIG_IGN && sent_by_a_process) return;
  if (g_before.sa_handler != SIG_IGN && g_before.sa_handler != SIG_DFL) return g_before.sa_handler(signal);
  // The same signal again, with the same facts for a core dump. It is blocked until this handler returns, and then ends
  // the process where it stands. A fault cannot be ignored: the kernel would kill for it too.
  struct sigaction deadly {};
  sigaction(signal, &deadly, nullptr);
  syscall(SYS_rt_tgsigqueueinfo, getpid(), syscall(SYS_gettid), signal, info);
}

void on_bus_error(int signal, siginfo_t* info, void* context) {
  const int interrupted_errno = errno;
  if (!BusGuard::absorb(*info)) pass_on(signal, info, context);
  errno = interrupted_errno;
}

bool install_handler() {
  // Asked for first: from the moment ours is in place it may need to know.
  sigaction(SIGBUS, nullptr, &g_before);
  struct sigaction ours {};
  ours.sa_sigaction = on_bus_error;
  ours.sa_flags = SA_SIGINFO | SA_ONSTACK;
  return sigaction(SIGBUS, &ours, nullptr) == 0;
}

}  // namespace

// Places are never freed, only taken again: any thread's handler may be reading the list, which takes no lock. It is
// kept here and not in thread-local storage, because the first touch of that may allocate, which a handler must not.
struct BusGuard::Place {
  std::atomic<pthread_t> owner;
  std::atomic<BusGuard*> guard{nullptr};
  Place* next;
};

std::atomic<BusGuard::Place*> BusGuard::places_{nullptr};

BusGuard::Place& BusGuard::take_place() {
  for (Place* place = places_.load(); place != nullptr; place = place->next) {
    pthread_t nobody{};
    if (place->owner.compare_exchange_strong(nobody, pthread_self())) return *place;
  }
  auto* place = new Place{{pthread_self()}, {nullptr}, places_.load()};
  while (!places_.compare_exchange_weak(place->next, place)) continue;
  return *place;
}

void BusGuard::get_ready() {
  static const bool installed = install_handler();
  static_cast<void>(installed);
}

BusGuard::BusGuard(const Mapping& view)
    : data_(view.data()),
      bytes_(view.size()),
      page_bytes_(static_cast<size_t>(sysconf(_SC_PAGESIZE))),
      place_(take_place()) {
  get_ready();
  place_.guard = this;
}

BusGuard::~BusGuard() {
  place_.guard = nullptr;
  place_.owner = pthread_t{};
}

bool BusGuard::absorb(const siginfo_t& fault) {
  if (fault.si_code <= 0) return false;  // sent by a process: there is no address
  const auto address = reinterpret_cast<uintptr_t>(fault.si_addr);
  for (Place* place = places_.load(); place != nullptr; place = place->next) {
    // A place of this thread's does not change while its handler runs.
    if (!pthread_equal(place->owner.load(), pthread_self())) continue;
    BusGuard* const guard = place->guard.load();
    if (guard == nullptr) continue;
    const size_t at = address - reinterpret_cast<uintptr_t>(guard->data_);
    if (at < guard->bytes_ && guard->replace_pages(at)) return true;
  }
  return false;
}

// All of the view at once: then no second fault comes, no mapping is split, and pages of any size are covered. Where
// the system does not give that much memory, not even unreserved, the page that is needed must do.
bool BusGuard::replace_pages(size_t at) {
  const auto replace = [](std::byte* data, size_t bytes) {
    constexpr int kFlags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED;
    return mmap(data, bytes, PROT_READ | PROT_WRITE, kFlags, -1, 0) != MAP_FAILED;
  };
  if (!replace(data_, bytes_) && !replace(data_ + at / page_bytes_ * page_bytes_, page_bytes_)) return false;
  size_t none = kNone;
  fault_.compare_exchange_strong(none, at);
  return true;
}

}  // namespace zcl
