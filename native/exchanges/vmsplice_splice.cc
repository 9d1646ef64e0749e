// vmsplice-splice: references to the buffer's own pages go into a pipe, and from there into an AF_UNIX stream: how
// memory was sent without a copy before there was MSG_ZEROCOPY. One copy, the consumer's.

#include <fcntl.h>
#include <sys/uio.h>

#include "exchange/stream.h"

namespace zcl {
namespace {

class VmspliceSpliceProducer final : public StreamProducer {
 public:
  VmspliceSpliceProducer() : StreamProducer(Ring::Kind::kMemory, Reuse::kWhenConsumed) {}

 private:
  Result<Ends> open(const ExchangeJob& job) override { return open_sockets_behind_pipe(job); }

  // The pipe is emptied before it is filled again, so neither call waits for the other.
  Status hand_over(const ExchangeJob& job, const Chunk& chunk) override {
    for (size_t done = 0; done < chunk.bytes;) {
      const iovec rest{chunk.data + done, chunk.bytes - done};
      Result<size_t> filled = move_some(job, vmsplice_, [&] { return vmsplice(pipe_.write_end(), &rest, 1, 0); });
      if (!filled.ok()) return std::move(filled).error();
      if (Status status = splice_out(job, *filled); !status.ok()) return status;
      done += *filled;
    }
    return {};
  }

  SystemCall& vmsplice_ = calls_["vmsplice"];
};

const RegisterExchange<VmspliceSpliceProducer, StreamConsumer> kEntry("vmsplice-splice");

}  // namespace
}  // namespace zcl
