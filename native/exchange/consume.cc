#include "exchange/consume.h"

#include <unistd.h>

#include "core/affinity.h"

namespace zcl {

Result<Consumed> consume(ControlBlock& control, Ends ends, const Interrupt& interrupt) {
  if (Status status = bind_apart(control.orders.cpu, control.orders.producer); !status.ok()) {
    return std::move(status).error();
  }
  const ExchangeEntry* entry = ExchangeEntry::find(control.orders.mode);
  if (entry == nullptr) {
    return Error{
        "UNKNOWN_MODE", "consumer", std::string("The consumer has no mode “") + control.orders.mode + "”.", {}};
  }
  const std::unique_ptr<Consumer> consumer = entry->make_consumer();
  if (Status status = consumer->prepare(control.orders, std::move(ends)); !status.ok()) {
    return std::move(status).error();
  }
  Intake intake(control, consumer->calls(), interrupt);
  control.consumer = getpid();
  SystemCall futex_of_setup;
  control.ready.raise(1, futex_of_setup);

  intake.begin();
  if (Status status = consumer->consume(intake); !status.ok()) return std::move(status).error();
  return intake.finish();
}

}  // namespace zcl
