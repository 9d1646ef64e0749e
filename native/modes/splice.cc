// splice: into a pipe and out of it. What goes through the pipe is references to pages; two calls per chunk.

#include <fcntl.h>

#include <algorithm>
#include <cerrno>

#include "core/pipe.h"
#include "output_loop.h"
#include "transfer.h"

namespace zcl {
namespace {

class Splice final : public Mode {
 public:
  Status prepare(const Job& job) override {
    Result<Pipe> pipe = Pipe::of_size(job.options.pipe_bytes, job.buffer_bytes, calls_);
    if (!pipe.ok()) return std::move(pipe).error();
    pipe_ = std::move(*pipe);
    observe("pipeBytes", pipe_.bytes());
    return {};
  }

  // The pipe is empty whenever it is filled, so filling never blocks; it gives less than was asked for where the pipe
  // or its slots are smaller than the buffer.
  Status move(const Job& job) override {
    uint64_t rest = job.input.bytes;
    while (rest > 0) {
      if (!job.proceed(job.input.bytes - rest)) return cancelled("splice");
      const size_t wanted = std::min({rest, job.buffer_bytes, kMaxBytesPerCall});
      const ssize_t filled =
          splice_([&] { return splice(job.input.fd, nullptr, pipe_.write_end(), nullptr, wanted, 0); });
      if (filled == 0) return short_source("splice", job.input.path);
      if (filled < 0 && errno == EINTR) continue;
      if (filled < 0) return system_error("splice", errno, job.input.path);
      rest -= static_cast<uint64_t>(filled);
      if (Status status = drain(job, static_cast<size_t>(filled), rest > 0); !status.ok()) return status;
    }
    return {};
  }

  // With whatever a transfer that failed has left in it.
  void finish() override { pipe_.close(calls_); }

 private:
  // SPLICE_F_MORE as a careful program sets it, asked for or not: TCP may fill its segments across two chunks, and
  // sends the rest at once after the last one. For files it means nothing.
  Status drain(const Job& job, size_t bytes, bool more) {
    const unsigned flags = more ? SPLICE_F_MORE : 0;
    while (bytes > 0) {
      const ssize_t taken =
          splice_([&] { return splice(pipe_.read_end(), nullptr, job.output.fd, nullptr, bytes, flags); });
      if (taken >= 0) {
        bytes -= static_cast<size_t>(taken);
      } else if (Status status = output_.ride_out(job, "splice", errno); !status.ok()) {
        return status;
      }
    }
    return {};
  }

  Pipe pipe_;
  SystemCall& splice_ = calls_["splice"];
  OutputLoop output_{calls_};
};

const RegisterMode<Splice> kEntry("splice");

}  // namespace
}  // namespace zcl
