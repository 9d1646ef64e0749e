#include "receiver/receiver.h"

#include <algorithm>

#include "core/thread.h"

namespace zcl {

Result<std::unique_ptr<Receiver>> Receiver::start(Listener listener, const Token& token, const ReceiveOptions& options,
                                                  Interrupt& interrupt) {
  std::unique_ptr<Receiver> receiver(new Receiver(std::move(listener), token, options, interrupt));
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

Result<Received> Receiver::serve() {
  const Interruptible reachable(interrupt_);
  // Never empty, so that recv can tell the end of the stream from a buffer that is full.
  const uint64_t useful = std::max<uint64_t>(options_.expected_bytes, 1);
  Result<Mapping> buffer = Mapping::buffer(std::min(options_.buffer_bytes, useful));
  if (!buffer.ok()) return std::move(buffer).error();
  Result<UniqueFd> sender = accept_token(listener_, token_, interrupt_);
  if (!sender.ok()) return std::move(sender).error();
  listener_.socket.reset();
  if (Status status = welcome(sender->get()); !status.ok()) return std::move(status).error();
  return receive(sender->get(), options_, *buffer, interrupt_, progress_);
}

}  // namespace zcl
