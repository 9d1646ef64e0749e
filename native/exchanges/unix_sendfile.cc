// unix-sendfile: the buffers are pages of a file in memory, and sendfile passes references to them into an AF_UNIX
// stream. One copy, the consumer's.

#include <sys/sendfile.h>

#include "exchange/stream.h"

namespace zcl {
namespace {

class UnixSendfileProducer final : public StreamProducer {
 public:
  UnixSendfileProducer() : StreamProducer(Ring::Kind::kFile, Reuse::kWhenConsumed) {}

 private:
  Result<Ends> open(const ExchangeJob&) override { return open_sockets(); }

  Status hand_over(const ExchangeJob& job, const Chunk& chunk) override {
    return move_all(job, sendfile_, chunk.bytes, [&](size_t done) {
      auto from = static_cast<off64_t>(chunk.ring_offset + done);
      return sendfile64(stream_.get(), ring_.file(), &from, chunk.bytes - done);
    });
  }

  SystemCall& sendfile_ = calls_["sendfile"];
};

const RegisterExchange<UnixSendfileProducer, StreamConsumer> kEntry("unix-sendfile");

}  // namespace
}  // namespace zcl
