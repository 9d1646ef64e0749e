#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>

#include "core/mapping.h"
#include "core/result.h"
#include "core/unique_fd.h"
#include "exchange/progress.h"
#include "measure/thread_cost.h"
#include "verify/digest.h"

namespace zcl {

/// What the consumer is to do. Written before it starts.
struct Orders {
  uint64_t block_size;  ///< of the ControlBlock: both sides must be of one build
  char mode[48];
  uint64_t bytes;
  uint64_t buffer_bytes;
  uint64_t buffers;
  pid_t producer;
  std::optional<uint32_t> cpu;  ///< to run on; else on those of the producer's process
  uint64_t ring_address;        ///< in the producer's memory; for modes that look into it
  DigestShape shape;            ///< 0 block_bytes: do not hash
};

/// What became of the consumer, where that cannot simply be handed over. Written before its process ends.
struct Report {
  enum class Kind : uint32_t { kNone, kConsumed, kFailed };

  struct Call {
    char name[32];
    uint64_t times;
  };

  Kind kind;

  char code[32], call[32], message[256];

  uint64_t bytes;
  uint64_t sum;
  int64_t complete_ns;
  ThreadUsage usage;
  Call calls[CallCounter::kMostNames];
  uint64_t digest_whole, digest_unit_sum, digest_blocks;  ///< the hashes of the blocks follow the ControlBlock
};

/// What producer and consumer share beside the channel they hand the bytes over. All zero is where it begins.
struct ControlBlock {  // NOLINT(clang-analyzer-optin.performance.Padding): each side writes to a line of its own
  Orders orders;
  alignas(64) Progress ready;     ///< the consumer's: 1 when it waits for the first byte
  alignas(64) Progress produced;  ///< the producer's: bytes handed over, in modes where no system call tells
  alignas(64) Progress consumed;  ///< the consumer's: bytes read and summed up
  pid_t consumer;                 ///< set before it is ready
  Report report;

  void producer_leaves() { produced.leave(); }
  void consumer_leaves() {
    ready.leave();
    consumed.leave();
  }
};

/// A ControlBlock in memory of its own, which another process may map as well.
class Control {
 public:
  /// With room for the hashes of as many blocks.
  static Result<Control> create(uint64_t digest_blocks);
  /// The one that another process made. BAD_ARGUMENT when that is of another build.
  static Result<Control> open(UniqueFd file);

  ControlBlock& block() const { return *reinterpret_cast<ControlBlock*>(memory_.data()); }
  int file() const { return file_.get(); }

  /// Hashes of blocks, behind the block itself.
  uint64_t* digest_blocks() const { return reinterpret_cast<uint64_t*>(memory_.data() + sizeof(ControlBlock)); }
  uint64_t most_digest_blocks() const { return (memory_.size() - sizeof(ControlBlock)) / sizeof(uint64_t); }

 private:
  Control(Mapping memory, UniqueFd file) : memory_(std::move(memory)), file_(std::move(file)) {}

  Mapping memory_;
  UniqueFd file_;
};

}  // namespace zcl
