#include "exchange_run.h"

#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "core/affinity.h"
#include "exchange/payload.h"
#include "measure/clock.h"
#include "measure/perf/syscall_count.h"
#include "pace.h"

namespace zcl {
namespace {

constexpr int64_t kPatienceNs = 10 * int64_t{1'000'000'000};  // with a consumer that is to get ready
constexpr size_t kPieceBytes = size_t{1} << 20;               // of what was to be produced, for verification

Status check(const ExchangeRequest& request) {
  if (Status status = check_buffer("bufferBytes", request.buffer_bytes); !status.ok()) return status;
  if (Status status = check_sender(request.sender); !status.ok()) return status;
  return check_options(request.options);
}

/// What was to be produced, without a producer.
class ExpectedContent final : public Content {
 public:
  explicit ExpectedContent(uint64_t seed) : seed_(seed) {}

  Status each_piece(uint64_t from, uint64_t bytes, const Take& take) const override {
    Result<Mapping> buffer = Mapping::buffer(std::min<uint64_t>(bytes, kPieceBytes));
    if (!buffer.ok()) return std::move(buffer).error();
    for (uint64_t done = 0; done < bytes;) {
      const size_t part = std::min<uint64_t>(bytes - done, buffer->size());
      produce(buffer->data(), part, from + done, seed_);
      if (!take(buffer->data(), part)) return cancelled("exchange");
      done += part;
    }
    return {};
  }

 private:
  const uint64_t seed_;
};

Result<Verification> verify(const ExchangeJob& job, const Digest& arrived) {
  const ExpectedContent expected(job.seed);
  const DigestShape& shape = job.control.orders.shape;
  const Result<Digest> sent = digest_of(expected, job.bytes, shape, job.interrupt);
  if (!sent.ok()) return sent.error();
  const Result<Verdict> verdict = compare(expected, shape, *sent, arrived);
  if (!verdict.ok()) return verdict.error();
  return Verification{"separate-pass", *verdict};
}

Error corrupt(const ExchangeJob& job, const Consumed& consumed) {
  const std::string what =
      consumed.bytes == job.bytes
          ? "Other bytes were consumed than were produced: the sums of their words differ."
          : std::to_string(consumed.bytes) + " bytes were consumed, " + std::to_string(job.bytes) + " were produced.";
  return {"CORRUPT", "exchange", what, {}};
}

}  // namespace

std::vector<std::string> exchange_ids() {
  return ExchangeEntry::ids();
}

uint64_t ExchangeRun::bytes_so_far() const {
  const std::lock_guard lock(mutex_);
  return control_ ? control_->block().consumed.value() : final_bytes_;
}

Result<Measurement> ExchangeRun::perform() {
  const int64_t begun_ns = now_ns();
  const Interruptible reachable(interrupt_);
  if (Status status = check(request_); !status.ok()) return std::move(status).error();
  if (Status status = bind_to_cpu(request_.sender.cpu); !status.ok()) return std::move(status).error();
  const ExchangeEntry* entry = ExchangeEntry::find(request_.mode);
  if (entry == nullptr) {
    return Error{"UNKNOWN_MODE", "arguments", "This build has no exchange “" + request_.mode + "”.", {}};
  }

  const uint64_t buffer_bytes = std::min(request_.buffer_bytes, std::max<uint64_t>(request_.bytes, 1));
  const uint64_t chunks = (request_.bytes + buffer_bytes - 1) / buffer_bytes;
  const uint64_t buffers = std::clamp<uint64_t>(chunks, 1, request_.options.queue_depth);
  if (Status status = lay_out(buffer_bytes, buffers); !status.ok()) return std::move(status).error();
  const std::unique_ptr<Producer> producer = entry->make_producer();
  std::optional<Pace> pace;
  if (request_.sender.bytes_per_second) {
    pace.emplace(*request_.sender.bytes_per_second, interrupt_, producer->calls());
  }
  const ExchangeJob job{request_.bytes,   request_.seed,     buffer_bytes, buffers,
                        request_.options, control_->block(), interrupt_,   pace ? &*pace : nullptr};
  return exchange(*producer, job, begun_ns);
}

Result<Measurement> ExchangeRun::exchange(Producer& producer, const ExchangeJob& job, int64_t begun_ns) {
  if (request_.sender.latency) producer.calls().time();
  Result<Ends> ends = producer.prepare(job);
  if (!ends.ok()) return std::move(ends).error();
  // Before there is a consumer: who leaves it without a word waits for ever for it to end.
  Result<SyscallCount> traced = SyscallCount::when(request_.sender.trace_calls);
  if (!traced.ok()) return std::move(traced).error();
  Result<std::unique_ptr<Peer>> peer = start_peer(std::move(*ends));
  if (!peer.ok()) return std::move(peer).error();
  ThreadMeter meter;
  SystemCall futex_of_setup;
  Status produced = job.control.ready.await(1, interrupt_, futex_of_setup, kPatienceNs);
  if (produced.ok()) {
    producer.admit(job.control.consumer);
    producer.calls().forget();  // those of the set-up
    meter.start();
    traced->start();
    produced = producer.produce_all(job);
    traced->stop();
    meter.stop();
  }

  // From here on the consumer ends by itself, unless it cannot: then a cancel, or the end of the peer, ends it.
  producer.end();
  job.control.producer_leaves();
  if (!produced.ok() && !far_end_gone(produced.error())) return std::move(produced).error();
  Result<Consumed> consumed = (*peer)->settle();
  if (!consumed.ok()) return std::move(consumed).error();
  if (!produced.ok()) return std::move(produced).error();
  if (interrupt_.requested()) return cancelled("exchange");

  Measurement measurement{consumed->bytes,
                          std::max(meter.stopped_ns(), consumed->complete_ns) - meter.started_ns(),
                          meter.stopped_ns() - meter.started_ns(),
                          meter.started_ns() - begun_ns,
                          meter.started_ns(),
                          meter.cost(producer.calls()),
                          consumed->cost,
                          {},
                          producer.observations(),
                          {},
                          {},
                          traced->calls()};
  if (request_.sender.latency) measurement.latency = producer.calls().latencies();
  return conclude(job, std::move(measurement), *consumed);
}

Result<Measurement> ExchangeRun::conclude(const ExchangeJob& job, Measurement measurement, const Consumed& consumed) {
  if (consumed.digest) {
    Result<Verification> verification = verify(job, *consumed.digest);
    if (!verification.ok()) return std::move(verification).error();
    measurement.verification = *verification;
    // Bytes that are known to be wrong in a way that can be named need not be called so twice.
    if (verification->verdict.fate != Fate::kIntact) return measurement;
  }
  const bool right = consumed.bytes == job.bytes && consumed.sum == expected_sum(job.bytes, job.seed);
  if (!right) return corrupt(job, consumed);
  return measurement;
}

Result<std::unique_ptr<Peer>> ExchangeRun::start_peer(Ends ends) {
  if (request_.peer == PeerKind::kThread) return start_thread_peer(*control_, std::move(ends), interrupt_);
  return start_process_peer(*control_, std::move(ends), interrupt_);
}

/// Makes the control block, with the consumer's orders in it.
Status ExchangeRun::lay_out(uint64_t buffer_bytes, uint64_t buffers) {
  DigestShape shape{};
  uint64_t blocks = 0;
  if (request_.verify) {
    shape = digest_shape(request_.bytes, buffer_bytes);
    blocks = request_.bytes / shape.block_bytes + 2;  // the last, which may be a part, and one that should not be
  }
  Result<Control> control = Control::create(blocks);
  if (!control.ok()) return std::move(control).error();
  Orders& orders = control->block().orders;
  request_.mode.copy(orders.mode, sizeof orders.mode - 1);
  orders.bytes = request_.bytes;
  orders.buffer_bytes = buffer_bytes;
  orders.buffers = buffers;
  orders.producer = getpid();
  if (request_.consumer_cpu) orders.cpu = *request_.consumer_cpu;
  orders.shape = shape;

  const std::lock_guard lock(mutex_);
  control_.emplace(std::move(*control));
  return {};
}

void ExchangeRun::close() {
  const std::lock_guard lock(mutex_);
  if (control_) final_bytes_ = control_->block().consumed.value();
  control_.reset();
}

}  // namespace zcl
