#include "run.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "core/affinity.h"
#include "measure/clock.h"
#include "measure/io_workers.h"
#include "measure/perf/syscall_count.h"
#include "pace.h"

namespace zcl {
namespace {

/// The sender only sees that the far end is gone (EPIPE, ECONNRESET); the far end knows why.
Error root_cause(Error sender, const Result<Arrival>& arrival) {
  return far_end_gone(sender) && !arrival.ok() ? arrival.error() : std::move(sender);
}

/// Until the destination is on its disk. Whichever description of the file the mode wrote through, by which way: what
/// is dirty belongs to the file (fs/sync.c, vfs_fsync_range). Nothing ends this call early, also no cancel: fdatasync
/// waits uninterruptibly for the disk.
Status sync(CallCounter& calls, const Job& job) {
  SystemCall& fdatasync_call = calls["fdatasync"];
  while (fdatasync_call([&] { return fdatasync(job.output.fd); }) != 0) {
    if (errno != EINTR) return system_error("fdatasync", errno, job.output.path);
    if (job.cancelled()) return cancelled("fdatasync");
  }
  return {};
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

uint64_t Run::bytes_so_far() const {
  const std::lock_guard lock(mutex_);
  return sink_ ? sink_->bytes_so_far() : final_bytes_;
}

Result<Measurement> Run::perform() {
  const int64_t begun_ns = now_ns();
  const Interruptible reachable(interrupt_);
  if (Status status = check(request_); !status.ok()) return std::move(status).error();
  if (Status status = bind_to_cpu(request_.sender.cpu); !status.ok()) return std::move(status).error();
  const Result<std::unique_ptr<Mode>> mode = mode_of(request_);
  if (!mode.ok()) return mode.error();

  const Result<Source> input = source_.reopen();
  if (!input.ok()) return input.error();
  if (request_.verify) {
    if (Status status = input->unchanged(); !status.ok()) return std::move(status).error();
  }
  std::optional<DigestShape> shape;
  if (request_.verify) shape = digest_shape(source_.bytes(), request_.buffer_bytes);
  Result<std::unique_ptr<Sink>> sink = open_sink(request_, source_.bytes(), shape, interrupt_);
  if (!sink.ok()) return std::move(sink).error();
  show(std::move(*sink));
  return transfer(**mode, *input, *sink_, begun_ns);
}

Result<Measurement> Run::transfer(Mode& mode, const Source& input, Sink& sink, int64_t begun_ns) {
  Job job{
      {input.fd(), input.bytes(), input.path()}, sink.output(), request_.buffer_bytes, interrupt_, request_.options};
  std::optional<Pace> pace;
  if (const auto rate = request_.sender.bytes_per_second) {
    job.moment = &pace.emplace(*rate, interrupt_, mode.calls());
    job.moment_at = 0;
    job.bytes_per_second = rate;
  }
  if (request_.sender.latency) mode.calls().time();
  if (Status status = mode.prepare(job); !status.ok()) return std::move(status).error();

  const IoWorkers io_workers;
  Result<SyscallCount> traced = SyscallCount::when(request_.sender.trace_calls);
  if (!traced.ok()) return std::move(traced).error();
  ThreadMeter meter;
  mode.calls().forget();  // those of the set-up
  meter.start();
  traced->start();
  Status moved = move(mode, job);
  traced->stop();
  meter.stop();
  const IoWorkerCost io_worker_cost = io_workers.cost();

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
                          meter.started_ns(),
                          meter.cost(mode.calls()),
                          std::move(arrival->receiver),
                          mode.zerocopy(),
                          mode.observations(),
                          {},
                          {},
                          traced->calls()};
  measurement.observations.insert(measurement.observations.end(), arrival->observations.begin(),
                                  arrival->observations.end());
  if (request_.sender.latency) measurement.latency = mode.calls().latencies();
  bill(io_worker_cost, measurement);
  if (request_.verify) {
    Result<Verification> verification = verify(input, sink, std::move(*arrival));
    if (!verification.ok()) return std::move(verification).error();
    measurement.verification = *verification;
  }
  return measurement;
}

/// The timed window.
Status Run::move(Mode& mode, const Job& job) {
  if (Status status = mode.move(job); !status.ok()) return status;
  if (!job.proceed(job.input.bytes)) return cancelled("transfer");
  return request_.durable ? sync(mode.calls(), job) : Status();
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
