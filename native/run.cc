#include "run.h"

#include <algorithm>

#include "core/affinity.h"
#include "measure/clock.h"
#include "measure/io_workers.h"
#include "measure/perf/syscall_count.h"
#include "objects.h"

namespace zcl {
namespace {

constexpr uint64_t kMostBytes = 9007199254740991;  // 2^53 - 1: what a number at the addon's border holds

/// The sender only sees that the far end is gone (EPIPE, ECONNRESET); the far end knows why.
Error root_cause(Error sender, const Result<Arrival>& arrival) {
  return far_end_gone(sender) && !arrival.ok() ? arrival.error() : std::move(sender);
}

/// What io_uring had done by threads of its own is work of the sender's, all of it in the kernel.
void bill(const IoWorkerCost& cost, Measurement& measurement) {
  if (cost.workers == 0) return;
  measurement.sender.cpu_ns += cost.cpu_ns;
  measurement.sender.system_ns += cost.cpu_ns;
  measurement.sender.voluntary_switches += cost.voluntary_switches;
  measurement.sender.involuntary_switches += cost.involuntary_switches;
  measurement.observations.push_back({"ioWorkers", cost.workers});
  measurement.observations.push_back({"ioWorkerCpuNs", static_cast<uint64_t>(cost.cpu_ns)});
}

}  // namespace

/// What the sender did within the window, and what that cost.
struct Run::Sent {
  Status status;
  ThreadMeter meter;
  ThreadCost cost;
  std::optional<std::vector<CallLatency>> latency;
  IoWorkerCost io_workers;
  std::optional<uint64_t> traced_calls;
};

template <class Work>
Result<Run::Sent> Run::timed(Mode& mode, Work work) {
  const IoWorkers io_workers;
  Result<SyscallCount> traced = SyscallCount::when(request_.sender.trace_calls);
  if (!traced.ok()) return std::move(traced).error();
  Sent sent;
  mode.calls().forget();  // those of the set-up
  sent.meter.start();
  traced->start();
  sent.status = work();
  traced->stop();
  sent.meter.stop();
  sent.io_workers = io_workers.cost();
  sent.cost = sent.meter.cost(mode.calls());
  if (request_.sender.latency) sent.latency = mode.calls().latencies();
  sent.traced_calls = traced->calls();
  return sent;
}

uint64_t Run::bytes_so_far() const {
  const std::lock_guard lock(mutex_);
  return sink_ ? sink_->bytes_so_far() : moved_.load(std::memory_order_relaxed);
}

Result<Measurement> Run::perform() {
  const int64_t begun_ns = now_ns();
  const Interruptible reachable(interrupt_);
  if (Status status = check(request_); !status.ok()) return std::move(status).error();
  if (Status status = bind_to_cpu(request_.sender.cpu); !status.ok()) return std::move(status).error();
  const Result<std::unique_ptr<Mode>> mode = mode_of(request_);
  if (!mode.ok()) return mode.error();
  Sending sending(**mode, request_, interrupt_);
  return request_.objects ? transfer_objects(sending, begun_ns) : transfer_first(sending, begun_ns);
}

Result<Measurement> Run::transfer_first(Sending& sending, int64_t begun_ns) {
  const Result<Source> input = sources_.first().reopen();
  if (!input.ok()) return input.error();
  if (request_.verify) {
    if (Status status = input->unchanged(); !status.ok()) return std::move(status).error();
  }
  std::optional<DigestShape> shape;
  if (request_.verify) shape = digest_shape(input->bytes(), request_.buffer_bytes);
  if (Status status = open_far_end(input->bytes(), shape); !status.ok()) return std::move(status).error();

  Mode& mode = sending.mode();
  const Job job = sending.job(*input, sink_->output());
  if (Status status = mode.prepare(job); !status.ok()) return std::move(status).error();
  Result<Sent> sent = timed(mode, [&] { return sending.move(job); });
  if (!sent.ok()) return std::move(sent).error();
  if (sent->status.ok()) mode.look_at_output(job);
  mode.finish();
  Result<Arrival> arrival = settle(sent->status);
  if (!arrival.ok()) return std::move(arrival).error();
  // A page of a mapping that lies only partly behind the end reads as zeros: no call fails, so ask.
  if (Status status = input->long_enough(); !status.ok()) return std::move(status).error();

  Measurement measurement = measure(*sent, mode, *arrival, begun_ns);
  if (request_.verify) {
    Result<Verification> verification = verify(*input, *sink_, std::move(*arrival));
    if (!verification.ok()) return std::move(verification).error();
    measurement.verification = *verification;
  }
  return measurement;
}

Result<Measurement> Run::transfer_objects(Sending& sending, int64_t begun_ns) {
  if (sources_.first().bytes() > 0 && *request_.objects > kMostBytes / sources_.first().bytes()) {
    return bad_argument("objects of this source must not have more than 2^53 - 1 bytes in all.");
  }
  std::optional<Output> stream;
  if (request_.path == Path::kFileToSocket) {
    const uint64_t bytes = sources_.bytes_of(*request_.objects);
    if (Status status = open_far_end(bytes, {}); !status.ok()) return std::move(status).error();
    stream.emplace(sink_->output());
  }
  Result<Sent> sent = timed(sending.mode(), [&] { return move_objects(sending, sources_, stream, moved_); });
  if (!sent.ok()) return std::move(sent).error();
  const Result<Arrival> arrival = stream ? settle(sent->status) : arrived_in_files(sent->status);
  if (!arrival.ok()) return arrival.error();
  return measure(*sent, sending.mode(), *arrival, begun_ns);
}

Status Run::open_far_end(uint64_t bytes, const std::optional<DigestShape>& shape) {
  Result<std::unique_ptr<Sink>> sink = open_sink(request_, bytes, shape, interrupt_);
  if (!sink.ok()) return std::move(sink).error();
  const std::lock_guard lock(mutex_);
  sink_ = std::move(*sink);
  return {};
}

/// The far end has everything: what arrived, or why the transfer failed.
Result<Arrival> Run::settle(Status& sent) {
  Result<Arrival> arrival = sink_->settle();
  if (!sent.ok()) return root_cause(std::move(sent).error(), arrival);
  if (arrival.ok() && interrupt_.requested()) return cancelled("transfer");
  return arrival;
}

Result<Arrival> Run::arrived_in_files(Status& sent) {
  if (!sent.ok()) return std::move(sent).error();
  if (interrupt_.requested()) return cancelled("transfer");
  return Arrival{moved_.load(std::memory_order_relaxed), {}, {}, {}};
}

Measurement Run::measure(const Sent& sent, const Mode& mode, const Arrival& arrival, int64_t begun_ns) {
  const ThreadMeter& meter = sent.meter;
  const int64_t done_ns = std::max(meter.stopped_ns(), arrival.complete_ns.value_or(0));
  Measurement measurement{arrival.bytes,
                          done_ns - meter.started_ns(),
                          meter.stopped_ns() - meter.started_ns(),
                          meter.started_ns() - begun_ns,
                          meter.started_ns(),
                          sent.cost,
                          arrival.receiver,
                          mode.zerocopy(),
                          mode.observations(),
                          {},
                          sent.latency,
                          sent.traced_calls};
  measurement.observations.insert(measurement.observations.end(), arrival.observations.begin(),
                                  arrival.observations.end());
  bill(sent.io_workers, measurement);
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

// The sink is taken apart outside of the lock: freeing a large file takes its time.
void Run::close() {
  sources_ = SourceSet();
  request_.socket.laboratory.reset();
  std::unique_ptr<Sink> sink;
  const std::lock_guard lock(mutex_);
  if (sink_) moved_ = sink_->bytes_so_far();
  sink = std::move(sink_);
}

}  // namespace zcl
