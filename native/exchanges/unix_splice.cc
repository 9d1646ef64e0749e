// unix-splice: what sendfile does inside, in the open: pages of a file in memory go by reference into a pipe, and from
// there into an AF_UNIX stream. One copy, the consumer's.

#include <fcntl.h>

#include "exchange/stream.h"

namespace zcl {
namespace {

class UnixSpliceProducer final : public StreamProducer {
 public:
  UnixSpliceProducer() : StreamProducer(Reuse::kWhenConsumed) {}

  Result<Ends> prepare(const ExchangeJob& job) override {
    if (Status status = allocate(job, Ring::Kind::kFile); !status.ok()) return std::move(status).error();
    Result<Pipe> pipe = own_pipe(job);
    if (!pipe.ok()) return std::move(pipe).error();
    pipe_ = std::move(*pipe);
    return open_sockets();
  }

 private:
  // The pipe is emptied before it is filled again, so neither call waits for the other.
  Status hand_over(const ExchangeJob& job, const Chunk& chunk) override {
    for (size_t done = 0; done < chunk.bytes;) {
      auto from = static_cast<off64_t>(chunk.ring_offset + done);
      Result<size_t> filled = move_some(job, "splice", splices_, [&] {
        return splice(ring_.file(), &from, pipe_.write_end.get(), nullptr, chunk.bytes - done, 0);
      });
      if (!filled.ok()) return std::move(filled).error();
      if (Status status = splice_out(job, pipe_, *filled); !status.ok()) return status;
      done += *filled;
    }
    return {};
  }

  Pipe pipe_;
};

const RegisterExchange<UnixSpliceProducer, StreamConsumer> kEntry("unix-splice");

}  // namespace
}  // namespace zcl
