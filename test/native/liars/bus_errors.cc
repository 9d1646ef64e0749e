// For tests only: SIGBUS where no guard of the thread is, and handlers that were there before the guard's.

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <thread>

#include "core/bus_guard.h"
#include "core/unique_fd.h"
#include "transfer.h"

namespace zcl {
namespace {

/// A view of a file that has no byte.
Result<Mapping> view_of_nothing() {
  const UniqueFd file(memfd_create("nothing", MFD_CLOEXEC));
  if (!file) return system_error("memfd_create", errno);
  return Mapping::of_file(file.get(), 4096);
}

void touch(const Mapping& view) {
  static_cast<void>(*static_cast<volatile std::byte*>(view.data()));
}

class Unguarded final : public Mode {
 public:
  Status move(const Job&) override {
    const Result<Mapping> view = view_of_nothing();
    if (!view.ok()) return view.error();
    touch(*view);
    return {};
  }
};

class OnAnotherThread final : public Mode {
 public:
  Status move(const Job&) override {
    const Result<Mapping> view = view_of_nothing();
    if (!view.ok()) return view.error();
    const BusGuard guard(*view);
    std::thread([&] { touch(*view); }).join();
    return {};
  }
};

/// Ends the process well, and tells the address.
void report_and_leave(int, siginfo_t* info, void*) {
  const char yes[] = "handled";
  const char no[] = "no address";
  const bool whole_page = info->si_addr != nullptr && reinterpret_cast<uintptr_t>(info->si_addr) % 4096 == 0;
  const bool told =
      whole_page ? write(STDOUT_FILENO, yes, sizeof yes - 1) > 0 : write(STDOUT_FILENO, no, sizeof no - 1) > 0;
  _exit(told ? 0 : 1);
}

class OthersHandle final : public Mode {
 public:
  Status move(const Job&) override {
    struct sigaction theirs {};
    theirs.sa_sigaction = report_and_leave;
    theirs.sa_flags = SA_SIGINFO;
    return sigaction(SIGBUS, &theirs, nullptr) == 0 ? Status() : Status(system_error("sigaction", errno));
  }
};

class OthersIgnore final : public Mode {
 public:
  Status move(const Job&) override {
    return signal(SIGBUS, SIG_IGN) != SIG_ERR ? Status() : Status(system_error("signal", errno));
  }
};

const RegisterMode<Unguarded> kUnguarded("test-bus-unguarded");
const RegisterMode<OnAnotherThread> kOnAnotherThread("test-bus-on-another-thread");
const RegisterMode<OthersHandle> kOthersHandle("test-bus-others-handle");
const RegisterMode<OthersIgnore> kOthersIgnore("test-bus-others-ignore");

}  // namespace
}  // namespace zcl
