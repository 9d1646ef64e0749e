#include "run_request.h"

namespace zcl {
namespace {

constexpr uint32_t kMostStreams = 64;

Status check_streams(const RunRequest& request) {
  if (request.streams < 1 || request.streams > kMostStreams) return bad_argument("streams must be 1 to 64.");
  if (request.duration_ns && *request.duration_ns < 1) return bad_argument("durationNs must be at least 1.");
  const bool shaped = request.streams > 1 || request.duration_ns || request.options.more;
  if (!shaped) return {};
  if (request.path != Path::kFileToSocket) return bad_argument("streams, durationNs and more are for sockets.");
  if (request.objects) return bad_argument("objects go over one stream, once.");
  if (request.duration_ns && request.verify) return bad_argument("To verify is to move everything once.");
  return {};
}

}  // namespace

Status check(const RunRequest& request) {
  if (Status status = check_buffer("bufferBytes", request.buffer_bytes); !status.ok()) return status;
  if (request.path == Path::kFileToSocket) {
    Status status = check_buffer("receiverBufferBytes", request.socket.receiver_buffer_bytes);
    if (!status.ok()) return status;
    if (request.durable) return bad_argument("durable is for files: nothing is kept behind a socket.");
  }
  if (Status status = check_streams(request); !status.ok()) return status;
  if (request.objects && (*request.objects == 0 || request.verify)) {
    return bad_argument("objects must be at least 1; to verify is to verify the first one alone, without objects.");
  }
  if (Status status = check_sender(request.sender); !status.ok()) return status;
  return check_options(request.options);
}

Result<std::unique_ptr<Mode>> mode_of(const RunRequest& request) {
  std::unique_ptr<Mode> mode = make_mode(request.mode);
  if (mode) return mode;
  return Error{"UNKNOWN_MODE", "arguments", "This build has no mode “" + request.mode + "”.", {}};
}

Result<std::unique_ptr<Sink>> open_sink(const RunRequest& request, uint64_t bytes, std::optional<DigestShape> shape,
                                        Interrupt& interrupt) {
  if (request.path == Path::kFileToFile) return open_file_sink(request.directory);
  const std::optional<RemoteReceiver>& remote = request.socket.remote;
  return remote ? open_remote_sink(request.socket, *remote, bytes, shape, interrupt)
                : open_socket_sink(request.socket, bytes, shape, interrupt);
}

}  // namespace zcl
