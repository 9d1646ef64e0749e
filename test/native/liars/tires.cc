// A liar, for tests only: honest about every byte, but after some transfers it takes several times as long.

#include <atomic>

#include "liars/liar.h"

namespace zcl {
namespace {

constexpr int kFreshTransfers = 10;
constexpr int kDetours = 8;
constexpr uint64_t kBufferBytes = 65536;  // it stands in for modes that have no buffer of their own

class Tires final : public Liar {
 public:
  Status prepare(const Job& job) override {
    Job buffered = job;
    buffered.buffer_bytes = kBufferBytes;
    return Liar::prepare(buffered);
  }

  Status move(const Job& job) override {
    static std::atomic<int> transfers{0};
    const bool tired = ++transfers > kFreshTransfers;
    if (Status status = copy(job, 0, job.input.bytes); !status.ok()) return status;
    return tired ? read_again(job) : Status();
  }

 private:
  Status read_again(const Job& job) {
    Result<Mapping> buffer = Mapping::buffer(job.input.bytes);
    if (!buffer.ok()) return std::move(buffer).error();
    for (int detour = 0; detour < kDetours; ++detour) {
      if (pread64(job.input.fd, buffer->data(), buffer->size(), 0) <= 0) return short_source("pread", job.input.path);
    }
    return {};
  }
};

const RegisterMode<Tires> kEntry("liar-tires");

}  // namespace
}  // namespace zcl
