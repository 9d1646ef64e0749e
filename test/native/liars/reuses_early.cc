// Liars, for tests only: hand over references to a buffer, and say that it may be written again at once. Each chunk is
// passed on only when the buffer holds the next one already, so that the consumer never sees it in time.

#include <fcntl.h>
#include <sys/uio.h>

#include "exchange/stream.h"

namespace zcl {
namespace {

class ReusesEarly : public StreamProducer {
 protected:
  explicit ReusesEarly(Ring::Kind kind) : StreamProducer(kind, Reuse::kAtOnce) {}

  /// Puts a reference to all of the chunk into the pipe.
  virtual ssize_t refer_to(const Chunk& chunk) = 0;

 private:
  Result<Ends> open(const ExchangeJob& job) override { return open_sockets_behind_pipe(job); }

  Status hand_over(const ExchangeJob& job, const Chunk& chunk) override {
    if (Status status = splice_out(job, held_back_); !status.ok()) return status;
    if (refer_to(chunk) != static_cast<ssize_t>(chunk.bytes)) return system_error("splice", EIO);
    held_back_ = chunk.bytes;
    return chunk.at + chunk.bytes < job.bytes ? Status() : splice_out(job, held_back_);
  }

  size_t held_back_ = 0;
};

class ReusesMemory final : public ReusesEarly {
 public:
  ReusesMemory() : ReusesEarly(Ring::Kind::kMemory) {}

 private:
  ssize_t refer_to(const Chunk& chunk) override {
    const iovec all{chunk.data, chunk.bytes};
    return vmsplice(pipe_.write_end(), &all, 1, 0);
  }
};

class ReusesFile final : public ReusesEarly {
 public:
  ReusesFile() : ReusesEarly(Ring::Kind::kFile) {}

 private:
  ssize_t refer_to(const Chunk& chunk) override {
    auto from = static_cast<off64_t>(chunk.ring_offset);
    return splice(ring_.file(), &from, pipe_.write_end(), nullptr, chunk.bytes, 0);
  }
};

const RegisterExchange<ReusesMemory, StreamConsumer> kMemory("liar-reuses-memory");
const RegisterExchange<ReusesFile, StreamConsumer> kFile("liar-reuses-file");

}  // namespace
}  // namespace zcl
