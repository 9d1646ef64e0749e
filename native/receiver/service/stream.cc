#include "receiver/service/stream.h"

#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "core/affinity.h"
#include "core/file_facts.h"
#include "core/thread.h"
#include "measure/host_cpu.h"
#include "measure/tcp_facts.h"
#include "receiver/taker.h"
#include "receiver/wire/codec.h"

namespace zcl::service {
namespace {

ReceiveOptions options_of(const wire::Order& order, const Saved& saved) {
  ReceiveOptions options;
  options.kind = order.kind;
  options.expected_bytes = order.expected_bytes;
  options.buffer_bytes = order.buffer_bytes;
  options.cpu = order.cpu;
  options.save_file = saved.file.get();
  options.save_directory = saved.directory;
  if (trace_of(order.kind) == Trace::kDigest) options.shape = order.shape;
  return options;
}

uint64_t grown(int64_t from, int64_t to) {
  return static_cast<uint64_t>(std::max<int64_t>(to - from, 0));
}

}  // namespace

Stream::Stream(UniqueFd data, int control, const wire::Order& order, Saved saved)
    : data_(std::move(data)),
      control_(control),
      saved_(std::move(saved)),
      options_(options_of(order, saved_)),
      read_back_(saved_.file ? order.shape : std::nullopt) {}

Result<std::unique_ptr<Stream>> Stream::start(UniqueFd data, int control, const wire::Order& order, Saved saved,
                                              int wake) {
  std::unique_ptr<Stream> stream(new Stream(std::move(data), control, order, std::move(saved)));
  Stream* self = stream.get();
  Result<std::thread> thread = start_thread([self, wake] {
    self->outcome_ = std::make_unique<Result<Streamed>>(self->serve());
    self->over_.store(true, std::memory_order_release);
    eventfd_write(wake, 1);
  });
  if (!thread.ok()) return std::move(thread).error();
  stream->thread_ = std::move(*thread);
  return stream;
}

Stream::~Stream() {
  interrupt_.request();
  if (thread_.joinable()) thread_.join();
}

/// A frame of a few bytes on a connection where nothing else waits to go out: it fits, or the connection is lost.
Status Stream::say(const wire::Message& message) const {
  const std::string frame = wire::encode(message);
  const ssize_t sent = send(control_, frame.data(), frame.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  return sent == static_cast<ssize_t>(frame.size()) ? Status() : Status(system_error("send", errno));
}

Result<Streamed> Stream::serve() {
  name_this_thread("zcl-receiver");
  if (Status status = bind_apart(options_.cpu, getpid()); !status.ok()) return std::move(status).error();
  const Interruptible reachable(interrupt_);
  const std::unique_ptr<Taker> taker = make_taker(options_, interrupt_);
  if (Status status = taker->prepare(data_.get()); !status.ok()) return std::move(status).error();
  const std::optional<HostCpu> before = host_cpu();
  if (Status status = say(wire::Begin{}); !status.ok()) return std::move(status).error();

  std::vector<wire::Value> values;
  const auto look_around = [&] {
    if (const std::optional<HostCpu> after = host_cpu(); before && after) {
      values.push_back({"receiverHostBusyNs", grown(before->busy_ns, after->busy_ns)});
      values.push_back({"receiverHostSoftirqNs", grown(before->softirq_ns, after->softirq_ns)});
    }
    if (const std::optional<TcpFacts> tcp = tcp_facts(data_.get())) {
      values.push_back({"receiverTcpRttNs", tcp->rtt_ns});
      values.push_back({"receiverTcpRetransmits", tcp->retransmits});
    }
  };
  // A sender that is gone will be noticed by whoever watches the control connection.
  Result<Received> received = receive(data_.get(), *taker, options_.expected_bytes, progress_, [&] {
    static_cast<void>(say(wire::Taken{progress_.load(std::memory_order_relaxed)}));
    look_around();
  });
  if (!received.ok()) return std::move(received).error();
  for (const Observation& each : received->observations) values.push_back({each.name, each.value});
  if (read_back_) {
    const Result<FileFacts> facts = facts_of(saved_.file.get(), saved_.directory);
    if (!facts.ok()) return facts.error();
    Result<Digest> digest = digest_file(saved_.file.get(), facts->bytes, *read_back_, interrupt_, saved_.directory);
    if (!digest.ok()) return std::move(digest).error();
    received->digest = std::move(*digest);
  }
  return Streamed{std::move(*received), std::move(values)};
}

}  // namespace zcl::service
