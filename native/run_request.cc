#include "run_request.h"

namespace zcl {
namespace {

constexpr uint64_t kLargestBuffer = uint64_t{1} << 30;
constexpr uint32_t kDeepestQueue = 1024;

}  // namespace

Status check(const RunRequest& request) {
  const auto sensible = [](uint64_t bytes) { return bytes >= 1 && bytes <= kLargestBuffer; };
  if (!sensible(request.buffer_bytes)) return bad_argument("bufferBytes must be 1 to 1073741824.");
  if (request.path == Path::kFileToSocket && !sensible(request.socket.receiver_buffer_bytes)) {
    return bad_argument("receiverBufferBytes must be 1 to 1073741824.");
  }
  if (request.options.queue_depth < 1 || request.options.queue_depth > kDeepestQueue) {
    return bad_argument("queueDepth must be 1 to 1024.");
  }
  if (request.options.pipe_bytes && *request.options.pipe_bytes > kLargestBuffer) {
    return bad_argument("pipeBytes must be at most 1073741824.");
  }
  return {};
}

Result<std::unique_ptr<Mode>> mode_of(const RunRequest& request) {
  std::unique_ptr<Mode> mode = make_mode(request.mode);
  if (mode) return mode;
  return Error{"UNKNOWN_MODE", "arguments", "This build has no mode “" + request.mode + "”.", {}};
}

Result<std::unique_ptr<Sink>> open_sink(const RunRequest& request, uint64_t bytes, std::optional<DigestShape> shape,
                                        Interrupt& interrupt) {
  if (request.path == Path::kFileToFile) return open_file_sink(request.directory);
  return open_socket_sink(request.socket, bytes, shape, interrupt);
}

}  // namespace zcl
