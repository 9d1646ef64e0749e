#pragma once

#include <unistd.h>

#include <algorithm>

#include "core/mapping.h"
#include "output_loop.h"
#include "transfer.h"

namespace zcl {

/// What the liars share: an honest copy of a range of the input, so that each lies in one way only.
class Liar : public Mode {
 public:
  Status prepare(const Job& job) override {
    Result<Mapping> buffer = Mapping::buffer(job.buffer_bytes);
    if (!buffer.ok()) return std::move(buffer).error();
    buffer_ = std::move(*buffer);
    return {};
  }

 protected:
  Status copy(const Job& job, uint64_t from, uint64_t bytes) {
    while (bytes > 0) {
      const size_t wanted = std::min<uint64_t>(bytes, buffer_.size());
      const ssize_t got = pread64(job.input.fd, buffer_.data(), wanted, static_cast<off64_t>(job.input.begin + from));
      if (got <= 0) return short_source("pread", job.input.path);
      if (Status status = output_.write_all(job, buffer_.data(), static_cast<size_t>(got)); !status.ok()) return status;
      from += static_cast<uint64_t>(got);
      bytes -= static_cast<uint64_t>(got);
    }
    return {};
  }

  OutputLoop output_{calls_};

 private:
  Mapping buffer_;
};

}  // namespace zcl
