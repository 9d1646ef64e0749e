#include "exchange/stream.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace zcl {
Result<Ends> StreamProducer::open_pipe(const ExchangeJob& job) {
  Result<Pipe> pipe = make_pipe(job);
  if (!pipe.ok()) return std::move(pipe).error();
  stream_ = pipe->take_write_end();
  return only(pipe->take_read_end());
}

Result<Ends> StreamProducer::open_sockets() {
  int sockets[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) != 0) return system_error("socketpair", errno);
  stream_ = UniqueFd(sockets[0]);
  return only(UniqueFd(sockets[1]));
}

Result<Ends> StreamProducer::open_sockets_behind_pipe(const ExchangeJob& job) {
  Result<Pipe> pipe = make_pipe(job);
  if (!pipe.ok()) return std::move(pipe).error();
  pipe_ = std::move(*pipe);
  return open_sockets();
}

Result<Pipe> StreamProducer::make_pipe(const ExchangeJob& job) {
  Result<Pipe> pipe = Pipe::of_size(job.options.pipe_bytes, job.buffer_bytes);
  if (pipe.ok()) observe("pipeBytes", pipe->bytes());
  return pipe;
}

Status StreamProducer::write_out(const ExchangeJob& job, const Chunk& chunk) {
  return move_all(job, write_, chunk.bytes,
                  [&](size_t done) { return write(stream_.get(), chunk.data + done, chunk.bytes - done); });
}

Status StreamProducer::splice_out(const ExchangeJob& job, size_t bytes) {
  return move_all(job, splice_, bytes, [&](size_t done) {
    return splice(pipe_.read_end(), nullptr, stream_.get(), nullptr, bytes - done, 0);
  });
}

Status StreamConsumer::prepare(const Orders& orders, Ends ends) {
  Result<Mapping> buffer = Mapping::buffer(orders.buffer_bytes);
  if (!buffer.ok()) return std::move(buffer).error();
  buffer_ = std::move(*buffer);
  stream_ = std::move(ends.front());
  return {};
}

Status StreamConsumer::consume(Intake& intake) {
  for (;;) {
    if (intake.cancelled()) return cancelled("read");
    const ssize_t got = read_([&] { return read(stream_.get(), buffer_.data(), buffer_.size()); });
    if (got == 0) return {};
    if (got > 0) {
      intake.take(buffer_.data(), static_cast<size_t>(got));
    } else if (errno != EINTR) {
      return system_error("read", errno);
    }
  }
}

}  // namespace zcl
