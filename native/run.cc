#include "run.h"

#include <algorithm>

#include "measure/clock.h"

namespace zcl {
namespace {

Status check(const RunRequest& request) {
  if (Status status = check_buffer("bufferBytes", request.buffer_bytes); !status.ok()) return status;
  if (request.path == Path::kFileToSocket) {
    Status status = check_buffer("receiverBufferBytes", request.socket.receiver_buffer_bytes);
    if (!status.ok()) return status;
  }
  return check_options(request.options);
}

/// The sender only sees that the far end is gone (EPIPE, ECONNRESET); the far end knows why.
Error root_cause(Error sender, const Result<Arrival>& arrival) {
  return far_end_gone(sender) && !arrival.ok() ? arrival.error() : std::move(sender);
}

}  // namespace

uint64_t Run::bytes_so_far() const {
  const std::lock_guard lock(mutex_);
  return sink_ ? sink_->bytes_so_far() : final_bytes_;
}

Result<Measurement> Run::perform() {
  const int64_t begun_ns = now_ns();
  const Interruptible reachable(interrupt_);
  if (Status status = check(request_); !status.ok()) return std::move(status).error();
  const std::unique_ptr<Mode> mode = make_mode(request_.mode);
  if (!mode) return Error{"UNKNOWN_MODE", "arguments", "This build has no mode “" + request_.mode + "”.", {}};

  const Result<Source> input = source_.reopen();
  if (!input.ok()) return input.error();
  if (request_.verify) {
    if (Status status = input->unchanged(); !status.ok()) return std::move(status).error();
  }
  Result<std::unique_ptr<Sink>> sink = open_sink();
  if (!sink.ok()) return std::move(sink).error();
  show(std::move(*sink));
  return transfer(*mode, *input, *sink_, begun_ns);
}

Result<Measurement> Run::transfer(Mode& mode, const Source& input, Sink& sink, int64_t begun_ns) {
  const Job job{
      {input.fd(), input.bytes(), input.path()}, sink.output(), request_.buffer_bytes, interrupt_, request_.options};
  if (Status status = mode.prepare(job); !status.ok()) return std::move(status).error();

  ThreadMeter meter;
  meter.start();
  Status moved = mode.move(job);
  meter.stop();

  mode.finish();
  Result<Arrival> arrival = sink.settle();
  if (!moved.ok()) return root_cause(std::move(moved).error(), arrival);
  if (!arrival.ok()) return std::move(arrival).error();
  if (interrupt_.requested()) return cancelled("transfer");
  // A page of a mapping that lies only partly behind the end reads as zeros: no call fails, so ask.
  if (Status status = input.long_enough(); !status.ok()) return std::move(status).error();

  const int64_t done_ns = std::max(meter.stopped_ns(), arrival->complete_ns.value_or(0));
  Measurement measurement{arrival->bytes,
                          done_ns - meter.started_ns(),
                          meter.stopped_ns() - meter.started_ns(),
                          meter.started_ns() - begun_ns,
                          meter.cost(mode.calls()),
                          std::move(arrival->receiver),
                          mode.zerocopy(),
                          mode.observations(),
                          {}};
  if (request_.verify) {
    Result<Verification> verification = verify(input, sink, std::move(*arrival));
    if (!verification.ok()) return std::move(verification).error();
    measurement.verification = *verification;
  }
  return measurement;
}

Result<Verification> Run::verify(const Source& input, Sink& sink, Arrival arrival) {
  const DigestShape shape = digest_shape(input.bytes(), request_.buffer_bytes);
  const Result<Digest> sent = digest_file(input.fd(), input.bytes(), shape, interrupt_, input.path());
  if (!sent.ok()) return sent.error();
  if (!arrival.digest) {
    Result<Digest> stored = sink.read_back(shape, interrupt_);
    if (!stored.ok()) return std::move(stored).error();
    arrival.digest = std::move(*stored);
  }
  const Result<Verdict> verdict = compare(FileContent(input.fd(), input.path()), shape, *sent, *arrival.digest);
  if (!verdict.ok()) return verdict.error();
  // Last, so that a source that moved while it was compared is told apart from a mode that lies.
  if (Status status = input.unchanged(); !status.ok()) return std::move(status).error();
  return Verification{sink.how_verified(), *verdict};
}

Result<std::unique_ptr<Sink>> Run::open_sink() {
  if (request_.path == Path::kFileToFile) return open_file_sink(request_.directory);
  std::optional<DigestShape> shape;
  if (request_.verify) shape = digest_shape(source_.bytes(), request_.buffer_bytes);
  return open_socket_sink(request_.socket, source_.bytes(), shape, interrupt_);
}

void Run::show(std::unique_ptr<Sink> sink) {
  const std::lock_guard lock(mutex_);
  sink_ = std::move(sink);
}

// The sink is taken apart outside of the lock: freeing a large file takes its time.
void Run::close() {
  source_ = Source();
  std::unique_ptr<Sink> sink;
  const std::lock_guard lock(mutex_);
  if (sink_) final_bytes_ = sink_->bytes_so_far();
  sink = std::move(sink_);
}

}  // namespace zcl
