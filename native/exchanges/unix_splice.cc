// unix-splice: what sendfile does inside, in the open: pages of a file in memory go by reference into a pipe, and from
// there into an AF_UNIX stream. One copy, the consumer's.

#include <fcntl.h>

#include "exchange/stream.h"

namespace zcl {
namespace {

class UnixSpliceProducer final : public StreamProducer {
 public:
  UnixSpliceProducer() : StreamProducer(Ring::Kind::kFile, Reuse::kWhenConsumed) {}

 private:
  Result<Ends> open(const ExchangeJob& job) override { return open_sockets_behind_pipe(job); }

  // The pipe is emptied before it is filled again, so neither call waits for the other.
  Status hand_over(const ExchangeJob& job, const Chunk& chunk) override {
    for (size_t done = 0; done < chunk.bytes;) {
      auto from = static_cast<off64_t>(chunk.ring_offset + done);
      Result<size_t> filled = move_some(
          job, splice_, [&] { return splice(ring_.file(), &from, pipe_.write_end(), nullptr, chunk.bytes - done, 0); });
      if (!filled.ok()) return std::move(filled).error();
      if (Status status = splice_out(job, *filled); !status.ok()) return status;
      done += *filled;
    }
    return {};
  }
};

const RegisterExchange<UnixSpliceProducer, StreamConsumer> kEntry("unix-splice");

}  // namespace
}  // namespace zcl
