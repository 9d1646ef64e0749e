#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/mapping.h"
#include "core/result.h"
#include "transfer.h"
#include "zerocopy/sender.h"

namespace zcl {

/// What the modes share that read into the buffers of a ring, one after the other, and send each by reference.
class RingMode : public Mode {
 public:
  Status move(const Job& job) override;
  void finish() override;

 protected:
  /// Makes `Job::options.queue_depth` buffers of `buffer_bytes`, or as many as the input fills. They are read into from
  /// `input`, a borrowed descriptor at offset 0. Places, sizes and offsets of reads are multiples of `alignment`, a
  /// power of two; `buffer_bytes` must be one.
  Status make_ring(const Job& job, int input, uint64_t buffer_bytes, uint64_t alignment);

  /// Until the buffer these were sent from may be written again.
  virtual Status await_release(const Job& job, const Sends& sends) { return sender_.await(job, sends); }

 private:
  struct Buffer {
    std::byte* data;
    Sends sends{};  // those from this buffer, last time round
  };

  Status go_round(const Job& job);
  Result<size_t> fill(const Job& job, const Buffer& buffer, uint64_t rest);

  Mapping memory_;
  std::vector<Buffer> ring_;
  uint64_t buffer_bytes_ = 0;
  uint64_t alignment_ = 1;
  int input_ = -1;
  SystemCall& read_ = calls_["read"];
  ZerocopySender sender_{calls_};
};

}  // namespace zcl
