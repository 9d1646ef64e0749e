#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "core/interrupt.h"
#include "core/result.h"
#include "measured_run.h"
#include "paths/sink.h"
#include "transfer.h"
#include "verify/digest.h"

namespace zcl {

enum class Path { kFileToFile, kFileToSocket };

/// One transfer, as asked for.
struct RunRequest {
  std::string mode;
  Path path = Path::kFileToFile;
  std::string directory;   ///< file-to-file: where the unnamed destination is made
  SocketOptions socket{};  ///< file-to-socket
  uint64_t buffer_bytes = 0;
  ModeOptions options{};
  SenderOptions sender{};
  bool verify = false;
  std::optional<uint64_t> objects;     ///< so many inputs, one after the other, in place of the first alone
  bool durable = false;                ///< file-to-file: the window ends with fdatasync
  uint32_t streams = 1;                ///< file-to-socket: so many connections, each for a range of its own
  std::optional<int64_t> duration_ns;  ///< file-to-socket: again and again until this time is over
};

/// BAD_ARGUMENT for numbers out of range.
Status check(const RunRequest& request);

/// The mode asked for, or UNKNOWN_MODE.
Result<std::unique_ptr<Mode>> mode_of(const RunRequest& request);

/// The far end asked for, for `bytes` that are hashed on their way in if `shape` is given.
Result<std::unique_ptr<Sink>> open_sink(const RunRequest& request, uint64_t bytes, std::optional<DigestShape> shape,
                                        Interrupt& interrupt);

}  // namespace zcl
