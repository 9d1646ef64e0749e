// pipe: write into a pipe, read out of it. Two copies: into pages of the kernel's, and out of them. The baseline.

#include "exchange/stream.h"

namespace zcl {
namespace {

class PipeProducer final : public StreamProducer {
 public:
  PipeProducer() : StreamProducer(Ring::Kind::kMemory, Reuse::kAtOnce) {}

 private:
  Result<Ends> open(const ExchangeJob& job) override { return open_pipe(job); }

  Status hand_over(const ExchangeJob& job, const Chunk& chunk) override { return write_out(job, chunk); }
};

const RegisterExchange<PipeProducer, StreamConsumer> kEntry("pipe");

}  // namespace
}  // namespace zcl
