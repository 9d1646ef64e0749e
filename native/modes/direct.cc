// direct: O_DIRECT on both files. The device reads into our buffer and writes from it; no page cache, no copy by a CPU.

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "core/counted.h"
#include "core/mapping.h"
#include "core/rounding.h"
#include "output_loop.h"
#include "paths/direct_io.h"
#include "transfer.h"

namespace zcl {
namespace {

class Direct final : public Mode {
 public:
  Status prepare(const Job& job) override {
    Result<DirectFile> from = open_direct(job.input.fd, O_RDONLY, job.input.path, calls_);
    if (!from.ok()) return std::move(from).error();
    Result<DirectFile> to = open_direct(job.output.fd, O_WRONLY, job.output.path, calls_);
    if (!to.ok()) return std::move(to).error();
    alignment_ = std::max(from->alignment, to->alignment);
    from_ = std::move(from->fd);
    to_ = std::move(to->fd);

    const uint64_t rounded = round_up(job.buffer_bytes, alignment_);
    if (rounded != job.buffer_bytes) observe("directBufferBytes", rounded);
    Result<Mapping> buffer = map_buffer(std::min(rounded, round_up(job.input.bytes, alignment_)), calls_);
    if (!buffer.ok()) return std::move(buffer).error();
    buffer_ = std::move(*buffer);
    return {};
  }

  // A whole buffer is asked for every time: a read that reaches the end comes back short, and only there does it end
  // between two blocks.
  Status move(const Job& job) override {
    Job unbuffered = job;
    unbuffered.output.fd = to_.get();
    for (uint64_t at = 0; at < job.input.bytes;) {
      if (!job.proceed(at)) return cancelled("read");
      const ssize_t got = read_([&] { return read(from_.get(), buffer_.data(), buffer_.size()); });
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return system_error("read", errno, job.input.path);
      const uint64_t chunk = std::min(static_cast<uint64_t>(got), job.input.bytes - at);
      const uint64_t blocks = round_down(chunk, alignment_);
      tail_bytes_ = chunk - blocks;
      if (chunk == 0 || (tail_bytes_ > 0 && at + chunk < job.input.bytes)) return short_source("read", job.input.path);
      if (Status status = output_.write_all(unbuffered, buffer_.data(), blocks); !status.ok()) return status;
      if (Status status = write_tail(job, buffer_.data() + blocks); !status.ok()) return status;
      at += chunk;
    }
    return {};
  }

  void finish() override {
    if (tail_bytes_ > 0) observe_more("bufferedTailBytes", tail_bytes_);
    unmap(buffer_, calls_);
    close(from_, calls_);
    close(to_, calls_);
  }

 private:
  // The end of the file, less than a block, through the page cache: O_DIRECT could only write it with a block's
  // padding.
  Status write_tail(const Job& job, const std::byte* data) {
    for (uint64_t rest = tail_bytes_; rest > 0;) {
      const auto at = static_cast<off64_t>(job.input.bytes - rest);
      const ssize_t taken = pwrite_([&] { return pwrite64(job.output.fd, data, rest, at); });
      if (taken >= 0) {
        data += taken;
        rest -= static_cast<uint64_t>(taken);
      } else if (Status status = output_.ride_out(job, "pwrite", errno); !status.ok()) {
        return status;
      }
    }
    return {};
  }

  UniqueFd from_;
  UniqueFd to_;
  uint64_t alignment_ = 0;
  uint64_t tail_bytes_ = 0;  // of the last chunk read
  Mapping buffer_;
  SystemCall& read_ = calls_["read"];
  SystemCall& pwrite_ = calls_["pwrite"];
  OutputLoop output_{calls_};
};

const RegisterMode<Direct> kEntry("direct");

}  // namespace
}  // namespace zcl
