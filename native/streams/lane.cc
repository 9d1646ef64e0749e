#include "streams/lane.h"

#include <unistd.h>

#include <cerrno>

#include "core/affinity.h"
#include "core/thread.h"
#include "receiver/wire/message.h"

namespace zcl {
namespace {

/// The sender only sees that the far end is gone (EPIPE, ECONNRESET); the far end knows why.
Error root_cause(Error sender, const Result<Arrival>& arrival) {
  if (far_end_gone(sender) && !arrival.ok()) return arrival.error();
  return sender;
}

Status spread(std::optional<uint32_t>& cpu, uint32_t steps) {
  if (!cpu) return {};
  const Result<uint32_t> own = cpu_behind(*cpu, steps, getpid());
  if (!own.ok()) return own.error();
  cpu = *own;
  return {};
}

}  // namespace

/// Streams go round the CPUs of this process. Those of another host are not known here.
Status Lane::choose_cpus() {
  if (Status status = spread(request_.sender.cpu, number_); !status.ok()) return status;
  return request_.socket.remote ? Status() : spread(request_.socket.receiver_cpu, number_);
}

Status Lane::set_up(const Source& source, Interrupt& interrupt) {
  thread_ = this_thread();
  if (Status status = choose_cpus(); !status.ok()) return status;
  if (Status status = bind_to_cpu(request_.sender.cpu); !status.ok()) return status;
  Result<std::unique_ptr<Mode>> mode = mode_of(request_);
  if (!mode.ok()) return std::move(mode).error();
  mode_ = std::move(*mode);
  sending_.emplace(*mode_, request_, interrupt);

  Result<Source> input = source.reopen();
  if (!input.ok()) return std::move(input).error();
  input_ = std::move(*input);
  if (range_.begin > 0 && lseek(input_->fd(), static_cast<off_t>(range_.begin), SEEK_SET) < 0) {
    return system_error("lseek", errno, input_->path());
  }
  if (Status status = open_far_end(interrupt); !status.ok()) return status;
  job_.emplace(sending_->job(*input_, range_, sink_->output()));
  return mode_->prepare(*job_);
}

uint64_t Lane::expected_bytes() const {
  return request_.duration_ns && range_.bytes > 0 ? wire::kNoEnd : range_.bytes;
}

Status Lane::open_far_end(Interrupt& interrupt) {
  std::optional<DigestShape> shape;
  if (request_.verify) shape = digest_shape(range_.bytes, request_.buffer_bytes);
  Result<std::unique_ptr<Sink>> sink = open_sink(request_, expected_bytes(), shape, interrupt);
  if (!sink.ok()) return std::move(sink).error();
  const std::lock_guard lock(mutex_);
  sink_ = std::move(*sink);
  return {};
}

Status Lane::move() {
  Result<Sent> sent = timed(*mode_, request_.sender, [&] { return sending_->move(*job_); });
  sink_->end();
  if (!sent.ok()) return std::move(sent).error();
  sent_.emplace(std::move(*sent));
  return std::move(sent_->status);
}

void Lane::finish() {
  mode_->look_at_output(*job_);
  mode_->finish();
}

Status Lane::settle(Status moved, const Interrupt& interrupt) {
  Result<Arrival> arrival = sink_->settle();
  if (!moved.ok()) return root_cause(std::move(moved).error(), arrival);
  if (!arrival.ok()) return std::move(arrival).error();
  if (interrupt.requested()) return cancelled("transfer");
  // A page of a mapping that lies only partly behind the end reads as zeros: no call fails, so ask.
  if (Status status = input_->long_enough(); !status.ok()) return status;
  arrival_.emplace(std::move(*arrival));
  return {};
}

Status Lane::verify(const Interrupt& interrupt) {
  const DigestShape shape = digest_shape(range_.bytes, request_.buffer_bytes);
  const FileContent content(input_->fd(), input_->path(), range_.begin);
  const Result<Digest> sent = digest_of(content, range_.bytes, shape, interrupt);
  if (!sent.ok()) return sent.error();
  if (!arrival_->digest) {
    Result<Digest> stored = sink_->read_back(shape, interrupt);
    if (!stored.ok()) return std::move(stored).error();
    arrival_->digest = std::move(*stored);
  }
  const Result<Verdict> verdict = compare(content, shape, *sent, *arrival_->digest);
  if (!verdict.ok()) return verdict.error();
  verification_ = Verification{sink_->how_verified(), *verdict};
  return {};
}

std::optional<int64_t> Lane::complete_ns() const {
  return arrival_->bytes == 0 ? std::nullopt : arrival_->complete_ns;
}

uint64_t Lane::bytes_so_far() const {
  const std::lock_guard lock(mutex_);
  return sink_ ? sink_->bytes_so_far() : 0;
}

}  // namespace zcl
