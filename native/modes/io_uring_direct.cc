// io-uring-direct: pinned buffers and O_DIRECT, so that the devices read and write them by themselves. No page cache,
// no copy by the CPU; the queue keeps the device busy, which one request at a time cannot.

#include <fcntl.h>

#include <algorithm>

#include "core/counted.h"
#include "core/rounding.h"
#include "paths/direct_io.h"
#include "transfer.h"
#include "uring/file_copy.h"

namespace zcl {
namespace {

class IoUringDirect final : public Mode {
 public:
  Status prepare(const Job& job) override {
    if (job.input.bytes == 0) return {};
    Result<DirectFile> input = open_direct(job.input.fd, O_RDONLY, job.input.path, calls_);
    if (!input.ok()) return std::move(input).error();
    Result<DirectFile> output = open_direct(job.output.fd, O_WRONLY, job.output.path, calls_);
    if (!output.ok()) return std::move(output).error();
    input_ = std::move(input->fd);
    output_ = std::move(output->fd);
    alignment_ = std::max(input->alignment, output->alignment);

    const uint64_t chunk = round_up(job.buffer_bytes, alignment_);
    observe("directBufferBytes", chunk);
    return copy_.prepare(job, std::min(chunk, round_up(job.input.bytes, alignment_)), FileCopy::Buffers::kRegistered);
  }

  // A file can only be written in whole blocks this way: what is left over goes by way of the page cache.
  Status move(const Job& job) override {
    if (job.input.bytes == 0) return {};
    const uint64_t tail = job.input.bytes % alignment_;
    const uint64_t body = job.input.bytes - tail;
    if (body > 0) {
      Status status = copy_.copy(job, {input_.get(), output_.get(), 0, body, alignment_});
      if (!status.ok()) return status;
    }
    if (tail == 0) return {};
    observe_more("bufferedTailBytes", tail);
    return copy_.copy(job, {job.input.fd, job.output.fd, body, job.input.bytes});
  }

  void finish() override {
    copy_.finish();
    close(input_, calls_);
    close(output_, calls_);
  }

 private:
  UniqueFd input_;
  UniqueFd output_;
  uint64_t alignment_ = 1;
  FileCopy copy_{calls_};
};

const RegisterMode<IoUringDirect> kEntry("io-uring-direct");

}  // namespace
}  // namespace zcl
