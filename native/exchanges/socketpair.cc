// socketpair: the same calls as with a pipe, over AF_UNIX. Two copies as well, through socket buffers.

#include "exchange/stream.h"

namespace zcl {
namespace {

class SocketpairProducer final : public StreamProducer {
 public:
  SocketpairProducer() : StreamProducer(Reuse::kAtOnce) {}

  Result<Ends> prepare(const ExchangeJob& job) override {
    if (Status status = allocate(job, Ring::Kind::kMemory); !status.ok()) return std::move(status).error();
    return open_sockets();
  }

 private:
  Status hand_over(const ExchangeJob& job, const Chunk& chunk) override { return write_out(job, chunk); }
};

const RegisterExchange<SocketpairProducer, StreamConsumer> kEntry("socketpair");

}  // namespace
}  // namespace zcl
