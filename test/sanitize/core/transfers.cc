// Every mode on every path it is for, in every shape that a transfer can have.

#include "run.h"
#include "sanitize/core/part.h"

namespace zcl::driver {
namespace {

/// Nothing, less than a page, whole buffers, and some of each.
constexpr uint64_t kSizes[] = {0, 1, 4 * kBufferBytes, 5 * kBufferBytes + 4097};

constexpr ReceiverKind kReceivers[] = {ReceiverKind::kRead,       ReceiverKind::kDiscard,
                                       ReceiverKind::kSpliceNull, ReceiverKind::kZerocopyReceive,
                                       ReceiverKind::kSave,       ReceiverKind::kSaveSplice};

/// One thing that can be asked for beside the mode.
using Wish = void (*)(RunRequest&);

constexpr Wish kOfAnyPath[] = {
    [](RunRequest& request) { request.sender.latency = true; },
    // What moves no data cannot be paced.
    [](RunRequest& request) {
      if (request.mode != "reflink") request.sender.bytes_per_second = 64 << 20;
    },
    [](RunRequest& request) { request.sender.trace_calls = counts_calls(); },
    [](RunRequest& request) { request.sender.cpu = 0; },
    [](RunRequest& request) { request.objects = 30; },
    [](RunRequest& request) { request.buffer_bytes = 512; },
    [](RunRequest& request) { request.buffer_bytes = 1 << 20; },
    [](RunRequest& request) { request.options.queue_depth = 1; },
    [](RunRequest& request) { request.options.queue_depth = 64; },
    [](RunRequest& request) { request.options.pipe_bytes = 4096; },
};

constexpr Wish kOfFiles[] = {
    [](RunRequest& request) { request.durable = true; },
};

constexpr Wish kOfSockets[] = {
    [](RunRequest& request) { request.socket.non_blocking = true; },
    [](RunRequest& request) { request.socket.receiver_cpu = 0; },
    [](RunRequest& request) { request.socket.tcp.cork = true; },
    [](RunRequest& request) { request.socket.tcp.no_delay = true; },
    [](RunRequest& request) { request.socket.tcp.mss_bytes = 1000; },
    [](RunRequest& request) { request.socket.tcp.send_buffer_bytes = 65536; },
    [](RunRequest& request) { request.options.more = true; },
    [](RunRequest& request) { request.duration_ns = 150'000'000; },
    [](RunRequest& request) {
      request.duration_ns = 150'000'000;
      request.streams = 8;
      request.sender.latency = true;
    },
};

uint64_t expected_bytes(const RunRequest& request, const SourceSet& source) {
  return source.bytes_of(request.objects.value_or(1));
}

class Transfers {
 public:
  explicit Transfers(const Setting& setting) : setting_(setting) {}

  void move(const SourceSet& source, const Way& way, Wish wish) {
    RunRequest request = request_for(way, setting_);
    wish(request);
    move(source, way, std::move(request));
  }

  void move(const SourceSet& source, const Way& way, RunRequest request) {
    const std::optional<int64_t> duration_ns = request.duration_ns;
    const uint64_t expected = expected_bytes(request, source);
    const bool verify = request.verify;
    Run run(source, std::move(request));
    const Result<Measurement> measured = execute(run);
    if (!succeeds(name_of(way), measured)) return;
    CHECK(duration_ns ? measured->bytes >= expected : measured->bytes == expected);
    CHECK(!verify || is_intact(*measured));
    ++done_;
  }

  uint64_t done() const { return done_; }

 private:
  const Setting& setting_;
  uint64_t done_ = 0;
};

void verified(Transfers& transfers, const SourceSet& source, const Way& way, const Setting& setting) {
  RunRequest request = request_for(way, setting);
  request.verify = true;
  transfers.move(source, way, request);
  if (way.path == Path::kFileToFile) return;
  for (const ReceiverKind kind : kReceivers) {
    for (const uint32_t streams : {1U, 8U}) {
      for (const bool verify : {false, true}) {
        request.socket.receiver = kind;
        request.streams = streams;
        request.verify = verify;
        transfers.move(source, way, request);
      }
    }
  }
}

void play(const Setting& setting) {
  Transfers transfers(setting);
  for (const uint64_t bytes : kSizes) {
    const SourceSet source = source_of(bytes, setting);
    for (const Way& way : setting.ways) verified(transfers, source, way, setting);
  }
  const SourceSet source = source_of(5 * kBufferBytes + 4097, setting);
  for (const Way& way : setting.ways) {
    for (const Wish wish : kOfAnyPath) transfers.move(source, way, wish);
    if (way.path == Path::kFileToFile) {
      for (const Wish wish : kOfFiles) transfers.move(source, way, wish);
    } else {
      for (const Wish wish : kOfSockets) transfers.move(source, way, wish);
    }
  }
  tell(std::to_string(transfers.done()) + " transfers");
}

const Part kPart("transfers", play);

}  // namespace
}  // namespace zcl::driver
