#include <fcntl.h>
#include <sys/socket.h>

#include <cerrno>

#include "core/unique_fd.h"
#include "paths/sink.h"
#include "receiver/handshake.h"
#include "receiver/receiver.h"

namespace zcl {
namespace {

class SocketSink final : public Sink {
 public:
  SocketSink(UniqueFd socket, std::unique_ptr<Receiver> receiver)
      : socket_(std::move(socket)), receiver_(std::move(receiver)) {}

  // The receiver ends when the stream does, so the stream must end first.
  ~SocketSink() override {
    socket_.reset();
    receiver_.reset();
  }

  Output output() const override { return {socket_.get(), kNoPath}; }

  Result<Arrival> settle() override {
    shutdown(socket_.get(), SHUT_WR);
    Result<Received> received = receiver_->wait();
    if (!received.ok()) return std::move(received).error();
    return Arrival{received->bytes, received->complete_ns, std::move(received->cost), std::move(received->digest)};
  }

  Result<Digest> read_back(const DigestShape&, const Interrupt&) override {
    return Error{"BAD_ARGUMENT", "recv", "Bytes that went over a socket cannot be read again.", {}};
  }

  const char* how_verified() const override { return "separate-pass"; }

  uint64_t bytes_so_far() const override { return receiver_->bytes_so_far(); }

 private:
  // Never freed: a thread may still be running when static objects are.
  inline static const std::string& kNoPath = *new std::string();

  UniqueFd socket_;
  std::unique_ptr<Receiver> receiver_;
};

Status apply(const SocketOptions& options, int socket) {
  if (options.send_buffer_bytes &&
      setsockopt(socket, SOL_SOCKET, SO_SNDBUF, &*options.send_buffer_bytes, sizeof(int)) != 0) {
    return system_error("setsockopt", errno);
  }
  if (options.non_blocking && fcntl(socket, F_SETFL, O_NONBLOCK) != 0) return system_error("fcntl", errno);
  return {};
}

}  // namespace

// Everything else keeps its default, Nagle included: what is measured is what a plain program gets.
Result<std::unique_ptr<Sink>> open_socket_sink(const SocketOptions& options, uint64_t bytes,
                                               std::optional<DigestShape> shape, Interrupt& interrupt) {
  Result<Token> token = random_token();
  if (!token.ok()) return std::move(token).error();
  Result<Listener> listener = listen_on_loopback();
  if (!listener.ok()) return std::move(listener).error();

  // The sender comes first: the backlog holds its connection and its token, and when this fails there is no thread yet.
  const uint16_t port = listener->port;
  Result<UniqueFd> socket = connect_and_show(port, *token, interrupt);
  if (!socket.ok()) return std::move(socket).error();
  Result<std::unique_ptr<Receiver>> receiver =
      Receiver::start(std::move(*listener), *token, {bytes, options.receiver_buffer_bytes, shape}, interrupt);
  if (!receiver.ok()) return std::move(receiver).error();

  auto sink = std::make_unique<SocketSink>(std::move(*socket), std::move(*receiver));
  const int fd = sink->output().fd;
  if (Status status = await_welcome(fd, interrupt); !status.ok()) return std::move(status).error();
  if (Status status = apply(options, fd); !status.ok()) return std::move(status).error();
  return std::unique_ptr<Sink>(std::move(sink));
}

}  // namespace zcl
