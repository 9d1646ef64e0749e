#pragma once

#include <cstddef>
#include <cstdint>

#include "core/mapping.h"
#include "core/result.h"
#include "core/unique_fd.h"

namespace zcl {

/// Buffers of one size, one behind the other, that a stream goes round in: its n-th chunk lies in buffer n modulo their
/// number.
class Ring {
 public:
  enum class Kind {
    kMemory,  ///< memory of the process's own
    kFile,    ///< a file in memory, mapped: its pages can be handed over, or mapped elsewhere
  };

  Ring() = default;

  /// With every page already there. ENOMEM where that would be more than the machine can spare.
  static Result<Ring> make(Kind kind, uint64_t buffer_bytes, uint64_t buffers);

  /// The same ring, seen by the other side. `file` is what share() gave.
  static Result<Ring> view(UniqueFd file, uint64_t buffer_bytes, uint64_t buffers);

  /// The file of the ring for the other side, on a descriptor of its own.
  Result<UniqueFd> share() const;

  std::byte* data() const { return memory_.data(); }
  uint64_t bytes() const { return memory_.size(); }
  int file() const { return file_.get(); }

  /// Where the chunk lies that begins at byte `at` of the stream, a multiple of the buffer's size.
  size_t offset_of(uint64_t at) const { return at % memory_.size(); }

 private:
  Ring(Mapping memory, UniqueFd file) : memory_(std::move(memory)), file_(std::move(file)) {}

  Mapping memory_;
  UniqueFd file_;
};

}  // namespace zcl
