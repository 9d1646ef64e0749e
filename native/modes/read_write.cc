// read-write: through a buffer of our own, the way everyone learns first. Two copies, two calls per chunk.

#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "core/counted.h"
#include "core/mapping.h"
#include "output_loop.h"
#include "transfer.h"

namespace zcl {
namespace {

class ReadWrite final : public Mode {
 public:
  Status prepare(const Job& job) override {
    Result<Mapping> buffer = map_buffer(std::min(job.buffer_bytes, job.input.bytes), calls_);
    if (!buffer.ok()) return std::move(buffer).error();
    buffer_ = std::move(*buffer);
    return {};
  }

  // The size is known, so the end is where it was promised: no last read that returns 0.
  Status move(const Job& job) override {
    uint64_t rest = job.input.bytes;
    while (rest > 0) {
      if (!job.proceed(job.input.bytes - rest)) return cancelled("read");
      const size_t wanted = std::min<uint64_t>(rest, buffer_.size());
      const ssize_t got = read_([&] { return read(job.input.fd, buffer_.data(), wanted); });
      if (got == 0) return short_source("read", job.input.path);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return system_error("read", errno, job.input.path);
      rest -= static_cast<uint64_t>(got);
      const bool more = job.more_behind(job.input.bytes - rest);
      Status status = output_.write_all(job, buffer_.data(), static_cast<size_t>(got), more);
      if (!status.ok()) return status;
    }
    return {};
  }

  void finish() override { unmap(buffer_, calls_); }

 private:
  Mapping buffer_;
  SystemCall& read_ = calls_["read"];
  OutputLoop output_{calls_};
};

const RegisterMode<ReadWrite> kEntry("read-write");

}  // namespace
}  // namespace zcl
