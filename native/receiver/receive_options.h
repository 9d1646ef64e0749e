#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

#include "receiver/fault.h"
#include "receiver/receiver_kind.h"
#include "verify/digest.h"

namespace zcl {

/// What one receiver is asked to do with one stream.
struct ReceiveOptions {
  ReceiverKind kind = ReceiverKind::kRead;
  uint64_t expected_bytes = 0;
  uint64_t buffer_bytes = 0;         ///< bytes per call, 1 to 2^30
  std::optional<uint32_t> cpu;       ///< to run on; else on those of this process
  std::optional<DigestShape> shape;  ///< hash what comes in (Trace::kDigest only); then the times mean nothing
  int save_file = -1;                ///< Trace::kFile: where the bytes go, from its position on; borrowed
  std::string save_directory;        ///< Trace::kFile: for errors
  ReceiverFault fault;

  /// A buffer for what is expected. Never empty, so that recv can tell the end of the stream from a buffer that is
  /// full.
  uint64_t useful_buffer_bytes() const { return std::min(buffer_bytes, std::max<uint64_t>(expected_bytes, 1)); }
};

}  // namespace zcl
