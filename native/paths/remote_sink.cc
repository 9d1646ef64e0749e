#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "measure/clock.h"
#include "measure/host_cpu.h"
#include "measure/tcp_facts.h"
#include "paths/sender_socket.h"
#include "paths/sink.h"
#include "receiver/wire/remote.h"

namespace zcl {
namespace {

/// A receiver that takes nothing for so long has stopped.
constexpr int64_t kPatienceNs = 30 * int64_t{1'000'000'000};
/// How often it is looked whether it takes something.
constexpr int kTickSeconds = 1;

/// What receivers report under these names; what else one may say is not known here.
constexpr std::array kReported = {
    "receiverMappedBytes",   "receiverCopiedBytes", "receiverPipeBytes",      "receiverHostBusyNs",
    "receiverHostSoftirqNs", "receiverTcpRttNs",    "receiverTcpRetransmits",
};

/// What a report holds beside the bytes and the digest.
void add_reported(const std::vector<wire::Value>& values, std::vector<Observation>& observations) {
  for (const wire::Value& value : values) {
    const auto* name = std::find(kReported.begin(), kReported.end(), value.name);
    if (name != kReported.end()) observations.push_back({*name, value.value});
  }
}

ThreadCost cost_of(const wire::Report& report) {
  ThreadCost cost;
  static_cast<ThreadUsage&>(cost) = report.usage;
  for (const wire::Value& call : report.calls) cost.calls.push_back({call.name, call.value});
  return cost;
}

class RemoteSink final : public Sink {
 public:
  RemoteSink(ControlLine line, UniqueFd data, ReceiverKind kind, const TcpShape& shape, const Interrupt& interrupt)
      : line_(std::move(line)),
        data_(std::move(data)),
        kind_(kind),
        shape_(shape),
        interrupt_(interrupt),
        before_(host_cpu()) {}

  Output output() const override { return {data_.get(), kNoPath}; }

  // A connection that is lost cannot be shut down; what there is to say about that has been sent already.
  void end() override {
    if (!ended_) lost_ = shutdown(data_.get(), SHUT_WR) != 0;
    ended_ = true;
  }

  Result<Arrival> settle() override {
    end();
    Arrival arrival{0, {}, {}, {}};
    Digest digest;
    bool hashed = false;
    for (;;) {
      Result<wire::Message> message = lost_ ? line_.hear_any(Deadline(), interrupt_) : next_message();
      if (!message.ok()) return std::move(message).error();
      if (std::holds_alternative<wire::Taken>(*message)) {
        // Half a round trip later than it was true.
        arrival.complete_ns = now_ns();
        look_around(arrival);
      } else if (const auto* some = std::get_if<wire::Hashes>(&*message); some && digest.blocks.size() <= kMostBlocks) {
        digest.blocks.insert(digest.blocks.end(), some->blocks.begin(), some->blocks.end());
      } else if (const auto* all = std::get_if<wire::Hashed>(&*message)) {
        digest.bytes = all->bytes;
        digest.whole = all->whole;
        digest.unit_sum = all->unit_sum;
        hashed = true;
      } else if (const auto* report = std::get_if<wire::Report>(&*message)) {
        arrival.bytes = report->bytes;
        arrival.receiver = cost_of(*report);
        if (!arrival.complete_ns) {
          arrival.complete_ns = now_ns();
          look_around(arrival);
        }
        if (hashed) arrival.digest = std::move(digest);
        add_reported(report->values, arrival.observations);
        return arrival;
      } else {
        return line_.out_of_turn();
      }
    }
  }

  Result<Digest> read_back(const DigestShape&, const Interrupt&) override {
    return Error{"BAD_ARGUMENT", "recv", "The receiver sent no hashes.", {}};
  }

  const char* how_verified() const override { return trace_of(kind_) == Trace::kFile ? "readback" : "separate-pass"; }

  // What the other host has acknowledged: asked for from outside, so that nothing has to be sent for it.
  uint64_t bytes_so_far() const override {
    const std::optional<TcpFacts> tcp = tcp_facts(data_.get());
    return tcp ? tcp->acknowledged_bytes : 0;
  }

 private:
  static constexpr size_t kMostBlocks = 65'536;
  // Never freed: a thread may still be running when static objects are.
  inline static const std::string& kNoPath = *new std::string();

  /// Waits for as long as the receiver goes on taking. What the kernel has not got rid of yet may take its time.
  Result<wire::Message> next_message() {
    uint64_t seen_bytes = bytes_so_far();
    int64_t seen_ns = now_ns();
    for (;;) {
      Result<std::optional<wire::Message>> message = line_.look();
      if (!message.ok()) return std::move(message).error();
      if (*message) return std::move(**message);
      pollfd answer{line_.socket(), POLLIN, 0};
      Status waited = Deadline(kTickSeconds).wait(&answer, 1, "answer", interrupt_);
      if (waited.ok()) continue;
      if (waited.error().code != "ETIMEDOUT") return std::move(waited).error();
      const uint64_t bytes = bytes_so_far();
      if (bytes != seen_bytes) seen_ns = now_ns();
      seen_bytes = bytes;
      if (now_ns() - seen_ns > kPatienceNs) return line_.explain(std::move(waited).error());
    }
  }

  void look_around(Arrival& arrival) const {
    std::vector<Observation>& observations = arrival.observations;
    observe(shape_, data_.get(), observations);
    arrival.tcp = tcp_facts(data_.get());
    if (const std::optional<TcpFacts>& tcp = arrival.tcp) {
      observations.push_back({"tcpRttNs", tcp->rtt_ns});
      observations.push_back({"tcpMinRttNs", tcp->min_rtt_ns});
      observations.push_back({"tcpMssBytes", tcp->mss_bytes});
      observations.push_back({"tcpRetransmits", tcp->retransmits});
      observations.push_back({"tcpDeliveryBytesPerSecond", tcp->delivery_bytes_per_second});
    }
    if (const std::optional<HostCpu> after = host_cpu(); before_ && after) {
      observations.push_back({"hostBusyNs", static_cast<uint64_t>(after->busy_ns - before_->busy_ns)});
      observations.push_back({"hostSoftirqNs", static_cast<uint64_t>(after->softirq_ns - before_->softirq_ns)});
    }
  }

  ControlLine line_;
  const UniqueFd data_;
  const ReceiverKind kind_;
  const TcpShape shape_;
  const Interrupt& interrupt_;
  const std::optional<HostCpu> before_;
  bool ended_ = false;
  bool lost_ = false;
};

}  // namespace

Result<std::unique_ptr<Sink>> open_remote_sink(const SocketOptions& options, const RemoteReceiver& receiver,
                                               uint64_t bytes, std::optional<DigestShape> shape,
                                               const Interrupt& interrupt) {
  Result<ControlLine> line = ControlLine::open(receiver, interrupt);
  if (!line.ok()) return std::move(line).error();
  const ReceiverKind kind = shape ? verifiable(options.receiver) : options.receiver;
  Status asked = line->say(wire::Order{kind, bytes, options.receiver_buffer_bytes, options.receiver_cpu, shape});
  if (!asked.ok()) return std::move(asked).error();
  const Result<wire::Ready> ready = line->hear<wire::Ready>(Deadline(), interrupt);
  if (!ready.ok()) return ready.error();
  Result<UniqueFd> data = line->open_data(ready->ticket, before_connecting(options), interrupt);
  if (!data.ok()) return std::move(data).error();
  const Result<wire::Begin> begin = line->hear<wire::Begin>(Deadline(), interrupt);
  if (!begin.ok()) return begin.error();
  if (Status status = before_sending(options, data->get()); !status.ok()) return std::move(status).error();
  return std::unique_ptr<Sink>(
      std::make_unique<RemoteSink>(std::move(*line), std::move(*data), kind, options.tcp, interrupt));
}

}  // namespace zcl
