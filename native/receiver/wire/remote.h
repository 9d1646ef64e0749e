#pragma once

#include <cstdint>
#include <string>

#include "core/interrupt.h"
#include "core/result.h"
#include "core/unique_fd.h"
#include "receiver/connect.h"
#include "receiver/deadline.h"
#include "receiver/endpoint.h"
#include "receiver/token.h"
#include "receiver/wire/inbox.h"

/// The sender's side of docs/protocol.md.
namespace zcl {

/// A receiver on another host.
struct RemoteReceiver {
  std::string address;  ///< in numbers
  uint16_t port = 0;
  Token token{};
};

/// The control connection to a receiver. Its errors begin their `call` with "receiver: " and have the receiver's
/// address as their path; those the receiver tells have the code it gives.
class ControlLine {
 public:
  /// Connects, shows the token and is welcomed.
  static Result<ControlLine> open(const RemoteReceiver& receiver, const Interrupt& interrupt);

  /// A data connection, for the ticket of Ready, by a socket that `prepare` has set. The socket is a blocking one.
  Result<UniqueFd> open_data(const Token& ticket, const Prepare& prepare, const Interrupt& interrupt) const;

  Status say(const wire::Message& message) const;

  /// The next message of this type; any other, or none before the deadline, is an error.
  template <class M>
  Result<M> hear(const Deadline& deadline, const Interrupt& interrupt) {
    Result<wire::Message> message = hear_any(deadline, interrupt);
    if (!message.ok()) return std::move(message).error();
    if (M* expected = std::get_if<M>(&*message)) return std::move(*expected);
    return out_of_turn();
  }

  /// The next message, but a Failure is an error.
  Result<wire::Message> hear_any(const Deadline& deadline, const Interrupt& interrupt);

  /// The same without waiting for it; nothing as long as none is there.
  Result<std::optional<wire::Message>> look();

  int socket() const { return socket_.get(); }
  Error out_of_turn() const;
  Error explain(Error error) const;

 private:
  ControlLine(UniqueFd socket, Endpoint there) : socket_(std::move(socket)), there_(there) {}

  UniqueFd socket_;
  Endpoint there_;
  wire::Inbox inbox_;
};

/// What a receiver tells about its host, and how this one gets there.
struct RemoteDescription {
  wire::Facts facts;
  std::string interface;  ///< that bytes for it leave by; empty where that is not known
};

Result<RemoteDescription> describe(const RemoteReceiver& receiver, const Interrupt& interrupt);

}  // namespace zcl
