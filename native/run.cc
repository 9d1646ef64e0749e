#include "run.h"

#include <unistd.h>

#include <algorithm>

#include "core/affinity.h"
#include "core/thread.h"
#include "measure/clock.h"
#include "objects.h"
#include "streams/window.h"

namespace zcl {
namespace {

constexpr uint64_t kMostBytes = 9007199254740991;  // 2^53 - 1: what a number at the addon's border holds

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
  if (stream_) return stream_->bytes_so_far();
  uint64_t bytes = moved_.load(std::memory_order_relaxed);
  for (const auto& lane : lanes_) bytes += lane->bytes_so_far();
  return bytes;
}

Result<Measurement> Run::perform() {
  const int64_t begun_ns = now_ns();
  const Interruptible reachable(interrupt_);
  if (Status status = check(request_); !status.ok()) return std::move(status).error();
  return request_.objects ? transfer_objects(begun_ns) : transfer_streams(begun_ns);
}

Result<Measurement> Run::transfer_streams(int64_t begun_ns) {
  const Source& source = sources_.first();
  if (request_.verify) {
    if (Status status = source.unchanged(); !status.ok()) return std::move(status).error();
  }
  if (Status status = make_lanes(); !status.ok()) return std::move(status).error();
  if (Status status = run_lanes(); !status.ok()) return std::move(status).error();

  Measurement measurement = measurement_of(lanes_, begun_ns);
  bill(worker_cost_, measurement);
  if (request_.sender.latency) measurement.latency = calls_.latencies();
  if (watch_) measurement.intervals = watch_->end(measurement.wall_ns, measurement.bytes);
  if (!request_.verify) return measurement;
  measurement.verification = verification_of(lanes_);
  // Last, so that a source that moved while it was compared is told apart from a mode that lies.
  if (Status status = source.unchanged(); !status.ok()) return std::move(status).error();
  return measurement;
}

Status Run::make_lanes() {
  const auto page = static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
  Lanes lanes;
  for (const Range& range : ranges_of(sources_.first().bytes(), request_.streams, page)) {
    lanes.push_back(std::make_unique<Lane>(request_, static_cast<uint32_t>(lanes.size()), range));
  }
  Result<std::unique_ptr<Assembly>> ready = Assembly::of(request_.streams, [this] { begin_window(); });
  if (!ready.ok()) return std::move(ready).error();
  ready_ = std::move(*ready);
  Result<std::unique_ptr<Assembly>> done = Assembly::of(request_.streams, [this] { end_window(); });
  if (!done.ok()) return std::move(done).error();
  done_ = std::move(*done);
  const std::lock_guard lock(mutex_);
  lanes_ = std::move(lanes);
  return {};
}

/// The first lane on this thread, each other on one of its own. All of them end, however one does.
Status Run::run_lanes() {
  std::vector<std::thread> threads;
  for (size_t i = 1; i < lanes_.size(); ++i) {
    Lane& lane = *lanes_[i];
    Result<std::thread> thread = start_thread([this, &lane] {
      name_this_thread("zcl-sender");
      const Interruptible reachable(interrupt_);
      run_lane(lane);
    });
    if (!thread.ok()) {
      fail(std::move(thread).error());
      break;
    }
    threads.push_back(std::move(*thread));
  }
  run_lane(*lanes_.front());
  for (std::thread& thread : threads) thread.join();
  return failure_ ? Status(std::move(*failure_)) : Status();
}

void Run::run_lane(Lane& lane) {
  Status status = go_through(lane);
  if (!status.ok()) fail(std::move(status).error());
}

Status Run::go_through(Lane& lane) {
  if (Status status = lane.set_up(sources_.first(), interrupt_); !status.ok()) return status;
  if (Status status = ready_->join(interrupt_); !status.ok()) return status;
  Status moved = lane.move();
  if (!moved.ok()) return lane.settle(std::move(moved), interrupt_);
  if (Status status = done_->join(interrupt_); !status.ok()) return lane.settle(std::move(status), interrupt_);
  lane.finish();
  if (Status status = lane.settle({}, interrupt_); !status.ok()) return status;
  return request_.verify ? lane.verify(interrupt_) : Status();
}

void Run::begin_window() {
  workers_.emplace();
  if (request_.path == Path::kFileToSocket) watch_ = IntervalWatch::begin([this] { return bytes_so_far(); });
}

/// On the thread of the last lane to come; the others wait. Workers of io_uring end with the threads they are of.
void Run::end_window() {
  std::vector<pid_t> threads;
  for (const auto& lane : lanes_) threads.push_back(lane->thread());
  worker_cost_ = workers_->cost(threads);
  if (!request_.sender.latency) return;
  for (const auto& lane : lanes_) calls_.add(lane->mode().calls());
}

/// The others are ended: what they would still move is of no use.
void Run::fail(Error error) {
  {
    const std::lock_guard lock(mutex_);
    if (!failure_) failure_ = std::move(error);
  }
  interrupt_.request();
}

Result<Measurement> Run::transfer_objects(int64_t begun_ns) {
  if (Status status = bind_to_cpu(request_.sender.cpu); !status.ok()) return std::move(status).error();
  const Result<std::unique_ptr<Mode>> mode = mode_of(request_);
  if (!mode.ok()) return mode.error();
  Sending sending(**mode, request_, interrupt_);
  if (sources_.first().bytes() > 0 && *request_.objects > kMostBytes / sources_.first().bytes()) {
    return bad_argument("objects of this source must not have more than 2^53 - 1 bytes in all.");
  }
  std::optional<Output> stream;
  if (request_.path == Path::kFileToSocket) {
    Result<std::unique_ptr<Sink>> sink = open_sink(request_, sources_.bytes_of(*request_.objects), {}, interrupt_);
    if (!sink.ok()) return std::move(sink).error();
    const std::lock_guard lock(mutex_);
    stream_ = std::move(*sink);
    stream.emplace(stream_->output());
  }
  const IoWorkers io_workers;
  Result<Sent> sent = timed(**mode, request_.sender, [&] { return move_objects(sending, sources_, stream, moved_); });
  if (!sent.ok()) return std::move(sent).error();
  const IoWorkerCost worker_cost = io_workers.cost({this_thread()});
  const Result<Arrival> arrival = settle_objects(sent->status, stream_.get());
  if (!arrival.ok()) return arrival.error();

  const int64_t started_ns = sent->meter.started_ns();
  const int64_t sent_ns = sent->meter.stopped_ns();
  Measurement measurement{arrival->bytes,
                          std::max(sent_ns, arrival->complete_ns.value_or(0)) - started_ns,
                          sent_ns - started_ns,
                          started_ns - begun_ns,
                          started_ns,
                          sent->cost,
                          arrival->receiver,
                          (*mode)->zerocopy(),
                          (*mode)->observations(),
                          {},
                          {},
                          sent->traced_calls};
  if (request_.sender.latency) measurement.latency = (*mode)->calls().latencies();
  measurement.observations.insert(measurement.observations.end(), arrival->observations.begin(),
                                  arrival->observations.end());
  bill(worker_cost, measurement);
  return measurement;
}

/// Everything has arrived: how much, or why the transfer failed.
Result<Arrival> Run::settle_objects(Status& sent, Sink* stream) {
  Result<Arrival> arrival = stream != nullptr
                                ? stream->settle()
                                : Result<Arrival>(Arrival{moved_.load(std::memory_order_relaxed), {}, {}, {}});
  if (!sent.ok()) return far_end_gone(sent.error()) && !arrival.ok() ? arrival.error() : std::move(sent).error();
  if (arrival.ok() && interrupt_.requested()) return cancelled("transfer");
  return arrival;
}

// What there is is taken apart outside of the lock: freeing a large file takes its time.
void Run::close() {
  watch_.reset();
  ready_.reset();
  done_.reset();
  sources_ = SourceSet();
  request_.socket.laboratory.reset();
  const uint64_t moved = bytes_so_far();
  Lanes lanes;
  std::unique_ptr<Sink> stream;
  const std::lock_guard lock(mutex_);
  moved_ = moved;
  lanes.swap(lanes_);
  stream = std::move(stream_);
}

}  // namespace zcl
