#include "hazards/hazard_run.h"

#include <fcntl.h>

#include <algorithm>

#include "core/affinity.h"

namespace zcl {
namespace {

/// The fault of the receiver that brings the hazard about; none where the sender does.
ReceiverFault fault_of(const HazardRequest& request, Hazard& hazard) {
  switch (request.kind) {
    case HazardKind::kReceiverStalls:
      return {ReceiverFault::What::kStall, request.at_byte, &hazard};
    case HazardKind::kReceiverCloses:
      return {ReceiverFault::What::kClose, request.at_byte, &hazard};
    case HazardKind::kReceiverResets:
      return {ReceiverFault::What::kReset, request.at_byte, &hazard};
    case HazardKind::kDestinationFull:
      return {};
    default:
      if (!request.at_receiver) return {};
      return {ReceiverFault::What::kMoment, request.at_byte, &hazard};
  }
}

bool comes_with_a_chunk(const HazardRequest& request) {
  return request.kind <= HazardKind::kSourceDeleted && !request.at_receiver;
}

/// Start of the first whole block that is not what the source held; a last block that is only partly there is not
/// judged, unless it is the last one of the source too.
std::optional<uint64_t> first_difference(const Digest& held, const Digest& arrived, uint64_t block_bytes) {
  const size_t whole = arrived.bytes == held.bytes ? arrived.blocks.size() : arrived.bytes / block_bytes;
  const size_t judged = std::min(whole, held.blocks.size());
  for (size_t i = 0; i < judged; ++i) {
    if (held.blocks[i] != arrived.blocks[i]) return i * block_bytes;
  }
  return {};
}

}  // namespace

Result<HazardReport> HazardRun::execute() {
  Result<HazardReport> report = perform();
  source_ = Source();
  return report;
}

Result<HazardReport> HazardRun::perform() {
  const Interruptible reachable(interrupt_);
  if (Status status = check(request_.transfer); !status.ok()) return std::move(status).error();
  if (request_.transfer.objects) return bad_argument("A hazard has one source: it takes no objects.");
  if (request_.transfer.streams > 1 || request_.transfer.duration_ns) {
    return bad_argument("A hazard meets one stream, once.");
  }
  if (request_.transfer.socket.remote) return bad_argument("A hazard has a receiver of this host.");
  if (const RunRequest& asked = request_.transfer;
      asked.durable || asked.sender.bytes_per_second || asked.sender.latency) {
    return bad_argument("A hazard is not measured: it takes no durable, bytesPerSecond or latency.");
  }
  if (Status status = bind_to_cpu(request_.transfer.sender.cpu); !status.ok()) return std::move(status).error();
  if ((fcntl(source_.fd(), F_GETFL) & O_ACCMODE) != O_RDWR) {
    return bad_argument("A hazard damages its source, which must be a generated one.");
  }
  const Result<std::unique_ptr<Mode>> mode = mode_of(request_.transfer);
  if (!mode.ok()) return mode.error();
  const Result<Source> input = source_.reopen();
  if (!input.ok()) return input.error();
  request_.transfer.socket.fault = fault_of(request_, hazard_);
  const DigestShape shape = digest_shape(source_.bytes(), request_.transfer.buffer_bytes);
  const Result<std::unique_ptr<Sink>> sink = open_sink(request_.transfer, source_.bytes(), shape, interrupt_);
  if (!sink.ok()) return sink.error();
  return transfer(**mode, *input, **sink);
}

Result<HazardReport> HazardRun::transfer(Mode& mode, const Source& input, Sink& sink) {
  const DigestShape shape = digest_shape(input.bytes(), request_.transfer.buffer_bytes);
  const Result<Digest> held = digest_file(input.fd(), input.bytes(), shape, interrupt_, input.path());
  if (!held.ok()) return held.error();

  Job job{{input.fd(), input.bytes(), input.path()},
          sink.output(),
          request_.transfer.buffer_bytes,
          interrupt_,
          request_.transfer.options};
  if (comes_with_a_chunk(request_)) {
    job.moment_at = request_.at_byte;
    job.moment = &hazard_;
  }
  if (Status status = mode.prepare(job); !status.ok()) return std::move(status).error();
  Status moved = move(mode, job);
  Result<Arrival> arrival = sink.settle();
  if (!hazard_.status().ok()) return hazard_.status().error();

  HazardReport report{hazard_.happened(), arrival.ok() ? arrival->bytes : sink.bytes_so_far(), {}, {}};
  if (!moved.ok()) {
    report.error = std::move(moved).error();
  } else if (!arrival.ok()) {
    report.error = arrival.error();
  }
  // However the interrupt came through (a receiver that was ended first resets the connection), it was a cancel.
  if (report.error && interrupt_.requested()) report.error = cancelled(report.error->call.c_str());
  if (request_.kind == HazardKind::kDestinationFull) report.happened = report.error.has_value();
  if (!arrival.ok() || interrupt_.requested()) return report;

  Result<Digest> arrived =
      arrival->digest ? Result<Digest>(std::move(*arrival->digest)) : sink.read_back(shape, interrupt_);
  if (!arrived.ok()) return std::move(arrived).error();
  report.differs_from_byte = first_difference(*held, *arrived, shape.block_bytes);
  return report;
}

/// The limit holds until the mode is finished: requests of a queue may still be under way when move() fails.
Status HazardRun::move(Mode& mode, const Job& job) {
  std::optional<FileSizeLimit> limit;
  if (request_.kind == HazardKind::kDestinationFull) limit.emplace(request_.at_byte);
  Status moved = mode.move(job);
  mode.finish();
  return moved;
}

}  // namespace zcl
