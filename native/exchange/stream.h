#pragma once

#include <cerrno>

#include "core/mapping.h"
#include "core/pipe.h"
#include "exchange/exchange.h"

/// What the modes share that hand over through a stream: a pipe or an AF_UNIX socket.
namespace zcl {

/// Makes a `call` that moves bytes, by `make`, again after a signal: how many it moved, at least one. The descriptors
/// must be blocking ones.
template <class Make>
Result<size_t> move_some(const ExchangeJob& job, SystemCall& call, Make make) {
  for (;;) {
    if (job.interrupt.requested()) return cancelled(call.name());
    const ssize_t moved = call(make);
    if (moved > 0) return static_cast<size_t>(moved);
    // Where nothing fails and nothing moves there is no use in going on for ever.
    if (moved == 0) return system_error(call.name(), EIO);
    if (errno != EINTR) return system_error(call.name(), errno);
  }
}

/// Repeats a `call`, whose `make` is told how much is done, until `bytes` are moved: one call where nothing disturbs.
template <class Make>
Status move_all(const ExchangeJob& job, SystemCall& call, size_t bytes, Make make) {
  for (size_t done = 0; done < bytes;) {
    Result<size_t> moved = move_some(job, call, [&] { return make(done); });
    if (!moved.ok()) return std::move(moved).error();
    done += *moved;
  }
  return {};
}

/// A producer whose consumer reads a stream.
class StreamProducer : public Producer {
 public:
  void end() override { stream_.reset(); }

 protected:
  using Producer::Producer;

  /// The stream is a pipe, sized as the options say.
  Result<Ends> open_pipe(const ExchangeJob& job);

  /// The stream is a pair of connected AF_UNIX sockets.
  Result<Ends> open_sockets();

  /// The same, with a pipe of the producer's own on the way there.
  Result<Ends> open_sockets_behind_pipe(const ExchangeJob& job);

  /// write(2) of the chunk.
  Status write_out(const ExchangeJob& job, const Chunk& chunk);

  /// splice(2) of `bytes` that lie in the pipe on the way.
  Status splice_out(const ExchangeJob& job, size_t bytes);

  Pipe pipe_;
  UniqueFd stream_;
  SystemCall& splice_ = calls_["splice"];

 private:
  Result<Pipe> make_pipe(const ExchangeJob& job);

  SystemCall& write_ = calls_["write"];
};

/// Reads the stream into a buffer, until it ends.
class StreamConsumer final : public Consumer {
 public:
  Status prepare(const Orders& orders, Ends ends) override;
  Status consume(Intake& intake) override;

 private:
  Mapping buffer_;
  UniqueFd stream_;
  SystemCall& read_ = calls_["read"];
};

}  // namespace zcl
