// A liar, for tests only: says that it splices, two calls per chunk, and makes two calls per chunk; but what it splices
// is a copy, which it made by memcpy. Neither the bytes nor the calls give it away, only samples of what it does.

#include <fcntl.h>
#include <sys/uio.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "core/mapping.h"
#include "core/pipe.h"
#include "transfer.h"

namespace zcl {
namespace {

class LiarSplice final : public Mode {
 public:
  Status prepare(const Job& job) override {
    Result<Pipe> pipe = Pipe::of_size(job.options.pipe_bytes, job.buffer_bytes);
    if (!pipe.ok()) return std::move(pipe).error();
    pipe_ = std::move(*pipe);
    Result<Mapping> view = Mapping::of_file(job.input.fd, job.input.bytes);
    if (!view.ok()) return std::move(view).error();
    view_ = std::move(*view);
    // Of everything, because a socket keeps references to what it was given.
    Result<Mapping> copy = Mapping::buffer(job.input.bytes);
    if (!copy.ok()) return std::move(copy).error();
    copy_ = std::move(*copy);
    return {};
  }

  Status move(const Job& job) override {
    for (size_t at = 0; at < view_.size();) {
      const size_t chunk = std::min<uint64_t>({view_.size() - at, job.buffer_bytes, pipe_.bytes()});
      std::memcpy(copy_.data() + at, view_.data() + at, chunk);
      iovec part{copy_.data() + at, chunk};
      const ssize_t filled = splice_([&] { return vmsplice(pipe_.write_end(), &part, 1, 0); });
      if (filled <= 0) return system_error("splice", errno, job.input.path);
      for (ssize_t rest = filled; rest > 0;) {
        const ssize_t taken = splice_(
            [&] { return splice(pipe_.read_end(), nullptr, job.output.fd, nullptr, static_cast<size_t>(rest), 0); });
        if (taken <= 0) return system_error("splice", errno, job.output.path);
        rest -= taken;
      }
      at += static_cast<size_t>(filled);
    }
    return {};
  }

 private:
  Pipe pipe_;
  Mapping view_;
  Mapping copy_;
  SystemCall& splice_ = calls_["splice"];
};

const RegisterMode<LiarSplice> kEntry("liar-splice");

}  // namespace
}  // namespace zcl
