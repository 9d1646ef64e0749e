#include <sys/socket.h>

#include "core/file_facts.h"
#include "core/unique_fd.h"
#include "paths/sender_socket.h"
#include "paths/sink.h"
#include "paths/unnamed_file.h"
#include "receiver/handshake.h"
#include "receiver/receiver.h"

namespace zcl {
namespace {

/// The file of a receiver that saves; no file where it does not.
struct SavedFile {
  UniqueFd file;
  std::string directory;
};

class SocketSink final : public Sink {
 public:
  SocketSink(UniqueFd socket, SavedFile saved, std::unique_ptr<Receiver> receiver, const TcpShape& shape)
      : socket_(std::move(socket)), saved_(std::move(saved)), receiver_(std::move(receiver)), shape_(shape) {}

  // The receiver ends when the stream does, so the stream must end first.
  ~SocketSink() override {
    receiver_->release();
    socket_.reset();
    receiver_.reset();
  }

  Output output() const override { return {socket_.get(), kNoPath}; }

  void end() override {
    receiver_->release();
    shutdown(socket_.get(), SHUT_WR);
  }

  Result<Arrival> settle() override {
    end();
    Result<Received> received = receiver_->wait();
    if (!received.ok()) return std::move(received).error();
    observe(shape_, socket_.get(), received->observations);
    return Arrival{received->bytes,
                   received->complete_ns,
                   std::move(received->cost),
                   std::move(received->digest),
                   std::move(received->observations),
                   tcp_facts(socket_.get())};
  }

  Result<Digest> read_back(const DigestShape& shape, const Interrupt& interrupt) override {
    if (!saved_.file) return Error{"BAD_ARGUMENT", "recv", "Bytes that went over a socket cannot be read again.", {}};
    const Result<FileFacts> facts = facts_of(saved_.file.get(), saved_.directory);
    if (!facts.ok()) return facts.error();
    return digest_file(saved_.file.get(), facts->bytes, shape, interrupt, saved_.directory);
  }

  const char* how_verified() const override { return saved_.file ? "readback" : "separate-pass"; }

  void release() override { receiver_->release(); }

  uint64_t bytes_so_far() const override { return receiver_->bytes_so_far(); }

 private:
  // Never freed: a thread may still be running when static objects are.
  inline static const std::string& kNoPath = *new std::string();

  UniqueFd socket_;
  const SavedFile saved_;
  std::unique_ptr<Receiver> receiver_;
  const TcpShape shape_;
};

Result<SavedFile> open_saved_file(const SocketOptions& options) {
  if (trace_of(options.receiver) != Trace::kFile) return SavedFile{};
  Result<UniqueFd> file = open_unnamed_file(options.save_directory);
  if (!file.ok()) return std::move(file).error();
  return SavedFile{std::move(*file), options.save_directory};
}

ReceiveOptions orders(const SocketOptions& options, uint64_t bytes, const std::optional<DigestShape>& shape,
                      const SavedFile& saved) {
  ReceiveOptions orders;
  orders.kind = shape ? verifiable(options.receiver) : options.receiver;
  orders.expected_bytes = bytes;
  orders.buffer_bytes = options.receiver_buffer_bytes;
  orders.cpu = options.receiver_cpu;
  orders.save_file = saved.file.get();
  orders.save_directory = saved.directory;
  orders.fault = options.fault;
  if (trace_of(orders.kind) == Trace::kDigest) orders.shape = shape;
  return orders;
}

}  // namespace

Result<std::unique_ptr<Sink>> open_socket_sink(const SocketOptions& options, uint64_t bytes,
                                               std::optional<DigestShape> shape, Interrupt& interrupt) {
  Result<SavedFile> saved = open_saved_file(options);
  if (!saved.ok()) return std::move(saved).error();
  Result<Token> token = random_token();
  if (!token.ok()) return std::move(token).error();
  const Meeting meeting = options.laboratory ? options.laboratory->meeting() : on_loopback();
  Result<Listener> listener = listen_at(meeting);
  if (!listener.ok()) return std::move(listener).error();

  // The sender comes first: the backlog holds its connection and its token, and when this fails there is no thread yet.
  const uint16_t port = listener->port;
  Result<UniqueFd> socket = connect_and_show(meeting, port, *token, before_connecting(options), interrupt);
  if (!socket.ok()) return std::move(socket).error();
  Result<std::unique_ptr<Receiver>> receiver =
      Receiver::start(std::move(*listener), *token, orders(options, bytes, shape, *saved), interrupt);
  if (!receiver.ok()) return std::move(receiver).error();

  auto sink = std::make_unique<SocketSink>(std::move(*socket), std::move(*saved), std::move(*receiver), options.tcp);
  const int fd = sink->output().fd;
  if (Status status = await_welcome(fd, interrupt); !status.ok()) {
    // A receiver that failed to get ready knows why nobody was welcome.
    Result<Arrival> nothing = sink->settle();
    return nothing.ok() ? std::move(status).error() : std::move(nothing).error();
  }
  if (Status status = before_sending(options, fd); !status.ok()) return std::move(status).error();
  return std::unique_ptr<Sink>(std::move(sink));
}

}  // namespace zcl
