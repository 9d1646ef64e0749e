#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "core/result.h"
#include "transfer.h"

namespace zcl {

/// Something that goes wrong around a transfer, in the order of `HazardKind` of native/addon.d.ts.
enum class HazardKind {
  kSourceTruncated,
  kSourceAppended,
  kSourceOverwritten,
  kSourceDeleted,
  kDestinationFull,
  kReceiverStalls,
  kReceiverCloses,
  kReceiverResets,
};

/// What happens once, when its moment comes: a change of the source; nothing more where the receiver or the limit of
/// the destination is the hazard.
class Hazard final : public Moment {
 public:
  /// @param source writable and borrowed, `bytes` long; linkable for kSourceDeleted
  /// @param directory of the source, for the name it gets and loses
  Hazard(HazardKind kind, int source, uint64_t bytes, uint64_t at_byte, std::string directory)
      : kind_(kind), source_(source), bytes_(bytes), at_byte_(at_byte), directory_(std::move(directory)) {}

  void reached(uint64_t moved) override;

  /// From any thread.
  bool happened() const { return happened_.load(); }

  /// Whether it could be brought about. Asked when the transfer is over.
  const Status& status() const { return status_; }

 private:
  Status bring_about() const;
  Status append() const;
  Status overwrite() const;
  Status remove() const;

  const HazardKind kind_;
  const int source_;
  const uint64_t bytes_;
  const uint64_t at_byte_;
  const std::string directory_;
  std::atomic<bool> happened_{false};
  Status status_;
};

/// While it lives, no file of this process may grow beyond a size: what a full disk does, without filling one.
/// The write that tries gets EFBIG; the signal that comes with it (SIGXFSZ) is blocked on the lab's threads.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(uint64_t bytes);
  ~FileSizeLimit();
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  uint64_t before_ = 0;
};

}  // namespace zcl
