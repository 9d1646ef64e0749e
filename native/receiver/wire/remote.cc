#include "receiver/wire/remote.h"

#include <fcntl.h>

#include <cerrno>
#include <utility>

#include "host/route.h"
#include "receiver/link.h"
#include "receiver/wire/codec.h"

namespace zcl {
namespace {

Error at_receiver(Error error, const Endpoint& there) {
  error.call = "receiver: " + error.call;
  error.path = there.text();
  return error;
}

Error told(const wire::Failure& failure) {
  return {failure.code, failure.call, failure.message, {}};
}

/// The first frame on a fresh connection always fits into its buffer.
Status say_on(int socket, const wire::Message& message) {
  const std::string frame = wire::encode(message);
  const ssize_t sent = send(socket, frame.data(), frame.size(), MSG_NOSIGNAL);
  if (sent == static_cast<ssize_t>(frame.size())) return {};
  return system_error("send", sent < 0 ? errno : EAGAIN);
}

Result<UniqueFd> socket_for(const Endpoint& there) {
  UniqueFd made(socket(there.family(), SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!made) return system_error("socket", errno);
  return made;
}

Status connect_with(int socket, const Endpoint& there, Carries what, const wire::Message& first,
                    const Interrupt& interrupt) {
  Status connected = connect_within(socket, there.address(), there.size(), interrupt);
  if (!connected.ok()) return connected;
  if (Status status = watch_link(socket, what); !status.ok()) return status;
  return say_on(socket, first);
}

}  // namespace

Result<ControlLine> ControlLine::open(const RemoteReceiver& receiver, const Interrupt& interrupt) {
  const Result<Endpoint> there = Endpoint::of(receiver.address, receiver.port);
  if (!there.ok()) return there.error();
  Result<UniqueFd> connection = socket_for(*there);
  if (!connection.ok()) return at_receiver(std::move(connection).error(), *there);
  const wire::Hello hello{wire::kVersion, receiver.token};
  Status connected = connect_with(connection->get(), *there, Carries::kFrames, hello, interrupt);
  if (!connected.ok()) return at_receiver(std::move(connected).error(), *there);
  ControlLine line(std::move(*connection), *there);
  const Result<wire::Welcome> welcome = line.hear<wire::Welcome>(Deadline(), interrupt);
  if (!welcome.ok()) return welcome.error();
  return line;
}

Result<UniqueFd> ControlLine::open_data(const Token& ticket, const Prepare& prepare, const Interrupt& interrupt) const {
  Result<UniqueFd> data = socket_for(there_);
  if (!data.ok()) return explain(std::move(data).error());
  if (Status status = prepare(data->get()); !status.ok()) return std::move(status).error();
  Status connected =
      connect_with(data->get(), there_, Carries::kPayload, wire::Join{wire::kVersion, ticket}, interrupt);
  if (!connected.ok()) return explain(std::move(connected).error());
  if (fcntl(data->get(), F_SETFL, 0) != 0) return system_error("fcntl", errno);
  return data;
}

Status ControlLine::say(const wire::Message& message) const {
  Status status = say_on(socket_.get(), message);
  return status.ok() ? Status() : Status(explain(std::move(status).error()));
}

Result<std::optional<wire::Message>> ControlLine::look() {
  Result<std::optional<wire::Message>> message = inbox_.look(socket_.get());
  if (!message.ok()) return explain(std::move(message).error());
  if (*message) {
    if (const auto* failure = std::get_if<wire::Failure>(&**message)) return explain(told(*failure));
  }
  return message;
}

Result<wire::Message> ControlLine::hear_any(const Deadline& deadline, const Interrupt& interrupt) {
  for (;;) {
    Result<std::optional<wire::Message>> message = look();
    if (!message.ok()) return std::move(message).error();
    if (*message) return std::move(**message);
    pollfd answer{socket_.get(), POLLIN, 0};
    Status status = deadline.wait(&answer, 1, "answer", interrupt);
    if (!status.ok()) return explain(std::move(status).error());
  }
}

Error ControlLine::out_of_turn() const {
  return explain({"EPROTO", "answer", "The receiver sent a message out of turn.", {}});
}

Error ControlLine::explain(Error error) const {
  return error.code == "CANCELLED" ? error : at_receiver(std::move(error), there_);
}

Result<RemoteDescription> describe(const RemoteReceiver& receiver, const Interrupt& interrupt) {
  Result<ControlLine> line = ControlLine::open(receiver, interrupt);
  if (!line.ok()) return std::move(line).error();
  if (Status status = line->say(wire::Describe{}); !status.ok()) return std::move(status).error();
  Result<wire::Facts> facts = line->hear<wire::Facts>(Deadline(), interrupt);
  if (!facts.ok()) return std::move(facts).error();
  const Result<std::string> interface = interface_towards(Endpoint::of_peer(line->socket()));
  return RemoteDescription{std::move(*facts), interface.ok() ? *interface : std::string()};
}

}  // namespace zcl
