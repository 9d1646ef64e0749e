// vmsplice: references to the buffer's own pages go into a pipe. One copy, the consumer's.

#include <fcntl.h>
#include <sys/uio.h>

#include "exchange/stream.h"

namespace zcl {
namespace {

class VmspliceProducer final : public StreamProducer {
 public:
  VmspliceProducer() : StreamProducer(Ring::Kind::kMemory, Reuse::kWhenConsumed) {}

 private:
  Result<Ends> open(const ExchangeJob& job) override { return open_pipe(job); }

  Status hand_over(const ExchangeJob& job, const Chunk& chunk) override {
    return move_all(job, vmsplice_, chunk.bytes, [&](size_t done) {
      const iovec rest{chunk.data + done, chunk.bytes - done};
      return vmsplice(stream_.get(), &rest, 1, 0);
    });
  }

  SystemCall& vmsplice_ = calls_["vmsplice"];
};

const RegisterExchange<VmspliceProducer, StreamConsumer> kEntry("vmsplice");

}  // namespace
}  // namespace zcl
