// zcl-consumer: the consumer of an exchange, in a process of its own. The addon starts it; what it is to do, and what
// became of it, is in the control block that it finds on a descriptor.

#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

#include "core/signal_mask.h"
#include "exchange/consume.h"
#include "exchange/peer.h"
#include "exchange/report.h"

namespace zcl {
namespace {

constexpr int kNobodyToServe = 2;

/// The ends are those descriptors that are open, one behind the other.
Ends take_ends() {
  Ends ends;
  for (int fd = kFirstEndDescriptor; fcntl(fd, F_GETFD) >= 0; ++fd) ends.emplace_back(fd);
  return ends;
}

int serve() {
  // ^C is for the program that we work for: that decides what becomes of us.
  block_asynchronous_signals();
  const Result<Control> control = Control::open(UniqueFd(kControlDescriptor));
  if (!control.ok()) {
    dprintf(STDERR_FILENO, "zcl-consumer has nothing to do by itself: Zero-Copy Lab starts it when it needs it.\n");
    return kNobodyToServe;
  }
  // Dies with the producer's thread; if that died before this was said, somebody else is our parent by now.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != control->block().orders.producer) return kNobodyToServe;

  Interrupt never;
  write_report(*control, consume(control->block(), take_ends(), never));
  return 0;
}

}  // namespace
}  // namespace zcl

int main() {
  return zcl::serve();
}
