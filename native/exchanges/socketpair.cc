// socketpair: the same calls as with a pipe, over AF_UNIX. Two copies as well, through socket buffers.

#include "exchange/stream.h"

namespace zcl {
namespace {

class SocketpairProducer final : public StreamProducer {
 public:
  SocketpairProducer() : StreamProducer(Ring::Kind::kMemory, Reuse::kAtOnce) {}

 private:
  Result<Ends> open(const ExchangeJob&) override { return open_sockets(); }

  Status hand_over(const ExchangeJob& job, const Chunk& chunk) override { return write_out(job, chunk); }
};

const RegisterExchange<SocketpairProducer, StreamConsumer> kEntry("socketpair");

}  // namespace
}  // namespace zcl
