#include "measured_run.h"

#include "core/thread.h"

namespace zcl {
namespace {

constexpr uint64_t kLargestBuffer = uint64_t{1} << 30;
constexpr uint32_t kDeepestQueue = 1024;

}  // namespace

Result<Measurement> MeasuredRun::execute() {
  name_this_thread("zcl-sender");
  Result<Measurement> outcome = perform();
  close();
  // However the interrupt came through (EINTR in set-up, a stream cut short), what happened is a cancel.
  if (!outcome.ok() && is_cancelled()) return cancelled(outcome.error().call.c_str());
  return outcome;
}

Status check_buffer(const char* name, uint64_t bytes) {
  if (bytes >= 1 && bytes <= kLargestBuffer) return {};
  return bad_argument(std::string(name) + " must be 1 to 1073741824.");
}

Status check_options(const ModeOptions& options) {
  if (options.queue_depth < 1 || options.queue_depth > kDeepestQueue) {
    return bad_argument("queueDepth must be 1 to 1024.");
  }
  if (options.pipe_bytes && *options.pipe_bytes > kLargestBuffer) {
    return bad_argument("pipeBytes must be at most 1073741824.");
  }
  return {};
}

Status check_sender(const SenderOptions& sender) {
  return sender.bytes_per_second == 0 ? Status(bad_argument("bytesPerSecond must be at least 1.")) : Status();
}

bool far_end_gone(const Error& error) {
  for (const char* code : {"EPIPE", "ECONNRESET", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH"}) {
    if (error.code == code) return true;
  }
  return false;
}

}  // namespace zcl
