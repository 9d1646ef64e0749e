#pragma once

#include <algorithm>

#include "transfer.h"
#include "uring/file_copy.h"

namespace zcl {

/// From file to file by way of the page cache: the modes differ in their buffers only.
template <FileCopy::Buffers kBuffers>
class BufferedCopy : public Mode {
 public:
  Status prepare(const Job& job) override {
    if (job.input.bytes == 0) return {};
    return copy_.prepare(job, std::min(job.buffer_bytes, job.input.bytes), kBuffers);
  }

  Status move(const Job& job) override {
    if (job.input.bytes == 0) return {};
    return copy_.copy(job, {job.input.fd, job.output.fd, 0, job.input.bytes});
  }

  void finish() override { copy_.finish(); }

 private:
  FileCopy copy_{calls_};
};

}  // namespace zcl
