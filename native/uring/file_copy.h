#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/mapping.h"
#include "transfer.h"
#include "uring/ring.h"

namespace zcl {

/// The same range of two files, one to be read and one to be written.
struct FileRange {
  int from;
  int to;
  uint64_t begin;
  uint64_t end;
  /// What offsets and counts must be multiples of, `begin` and `end` already are: 1, or more for O_DIRECT.
  uint64_t alignment = 1;
};

/// Copies from file to file with many requests under way, each with a buffer of its own: read a chunk, then write it at
/// the same offset, then take the next one. Chunks overtake one another.
class FileCopy {
 public:
  enum class Buffers { kPlain, kRegistered };

  explicit FileCopy(CallCounter& calls) : calls_(calls) {}

  /// Makes the ring and `job.options.queue_depth` buffers of `chunk_bytes`, fewer where the input needs no more.
  /// ESPIPE where the output is a stream: there, an offset has no meaning.
  Status prepare(const Job& job, uint64_t chunk_bytes, Buffers buffers);

  /// Copies a range. After a failure there is nothing to be done but to finish.
  Status copy(const Job& job, const FileRange& range);

  /// Frees ring and buffers, once the kernel has let go of them.
  void finish();

 private:
  struct Slot {
    iovec buffer;
    uint64_t at = 0;     // offset of its chunk
    uint32_t bytes = 0;  // of its chunk
    uint32_t done = 0;   // of them, in the step under way
    bool writing = false;
  };

  Status make_buffers(uint64_t slots, uint64_t chunk_bytes);
  Status take_chunk(const Job& job, const FileRange& range, Slot& slot);
  Status advance(const Job& job, const FileRange& range, Slot& slot, int32_t result);
  void queue(const FileRange& range, const Slot& slot);

  CallCounter& calls_;
  Buffers kind_ = Buffers::kPlain;
  Mapping memory_;
  std::vector<Slot> slots_;
  std::unique_ptr<Ring> ring_;  // after its buffers, to go before them
  uint64_t next_ = 0;           // offset of the first chunk nobody has taken
};

}  // namespace zcl
