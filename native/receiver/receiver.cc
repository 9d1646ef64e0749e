#include "receiver/receiver.h"

#include <unistd.h>

#include "core/affinity.h"
#include "core/thread.h"
#include "receiver/faulty_taker.h"

namespace zcl {

Result<std::unique_ptr<Receiver>> Receiver::start(Listener listener, const Token& token, const ReceiveOptions& options,
                                                  Interrupt& interrupt) {
  Gate gate;
  if (options.fault.what == ReceiverFault::What::kStall) {
    Result<Gate> closed = Gate::closed();
    if (!closed.ok()) return std::move(closed).error();
    gate = std::move(*closed);
  }
  std::unique_ptr<Receiver> receiver(new Receiver(std::move(listener), token, options, std::move(gate), interrupt));
  Receiver* self = receiver.get();
  Result<std::thread> thread =
      start_thread([self] { self->outcome_ = std::make_unique<Result<Received>>(self->serve()); });
  if (!thread.ok()) return std::move(thread).error();
  receiver->thread_ = std::move(*thread);
  return receiver;
}

Receiver::~Receiver() {
  if (thread_.joinable()) thread_.join();
}

Result<Received> Receiver::wait() {
  thread_.join();
  return std::move(*outcome_);
}

Result<UniqueFd> Receiver::admit() {
  // Closed behind the first one who is let in, and also when nobody can be: who waits then is to know.
  const Listener listener = std::move(listener_);
  return accept_token(listener, token_, interrupt_);
}

Result<Received> Receiver::serve() {
  name_this_thread("zcl-receiver");
  if (Status status = bind_apart(options_.cpu, getpid()); !status.ok()) {
    listener_.socket.reset();  // who waits to be let in is to know
    return std::move(status).error();
  }
  const Interruptible reachable(interrupt_);
  const std::unique_ptr<Taker> taker = with_fault(make_taker(options_, interrupt_), options_.fault, gate_, interrupt_);
  Result<UniqueFd> sender = admit();
  if (!sender.ok()) return std::move(sender).error();
  if (Status status = taker->prepare(sender->get()); !status.ok()) return std::move(status).error();
  if (Status status = welcome(sender->get()); !status.ok()) return std::move(status).error();
  return receive(sender->get(), *taker, options_.expected_bytes, progress_);
}

}  // namespace zcl
