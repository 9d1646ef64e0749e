// A receiver without Node and without the addon, and senders that no mode can be: `receiver_alone SCENARIO KIND`, where
// KIND is the number of a ReceiverKind. Prints what became of it as JSON. receivers.test.ts builds and runs it.

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include "core/mapping.h"
#include "core/pipe.h"
#include "core/random.h"
#include "core/result.h"
#include "paths/unnamed_file.h"
#include "receiver/receiver.h"

namespace zcl {
namespace {

constexpr uint64_t kBytes = 256 << 10;  // fits into the buffers of two sockets on loopback
constexpr uint64_t kAt = 100'000;
constexpr uint64_t kBuffer = 4096;
constexpr DigestShape kShape{4096, 65'536};

template <class T>
T must(Result<T> result) {
  if (result.ok()) return std::move(*result);
  std::fprintf(stderr, "%s in %s\n", result.error().code.c_str(), result.error().call.c_str());
  std::exit(1);
}

void must(Status status) {
  if (!status.ok()) must(Result<int>(std::move(status).error()));
}

/// A receiver and the socket of its sender, ready to begin.
class Pair {
 public:
  explicit Pair(ReceiveOptions options) : options_(std::move(options)) {
    if (trace_of(options_.kind) == Trace::kFile) {
      saved_ = must(open_unnamed_file("/tmp"));
      options_.save_file = saved_.get();
    }
    const Token token = must(random_token());
    Listener listener = must(listen_at(on_loopback()));
    const uint16_t port = listener.port;
    sender = must(connect_and_show(on_loopback(), port, token, as_it_is, interrupt));
    receiver = must(Receiver::start(std::move(listener), token, options_, interrupt));
    must(await_welcome(sender.get(), interrupt));
  }

  void send_all(uint64_t bytes) {
    Mapping content = must(Mapping::buffer(bytes));
    fill_seeded(content.data(), bytes, 1, 0);
    for (uint64_t sent = 0; sent < bytes;) {
      const ssize_t taken = send(sender.get(), content.data() + sent, bytes - sent, MSG_NOSIGNAL);
      if (taken < 0) must(system_error("send", errno));
      sent += static_cast<uint64_t>(taken);
    }
  }

  /// What the sender gets to read: "end", the name of an error, or "nothing" if nothing comes.
  std::string fate_of_sender(int wait_ms) const {
    pollfd answer{sender.get(), POLLIN, 0};
    if (poll(&answer, 1, wait_ms) == 0) return "nothing";
    char byte = 0;
    const ssize_t got = recv(sender.get(), &byte, 1, 0);
    return got == 0 ? "end" : got < 0 ? system_error("recv", errno).code : "a byte";
  }

  Interrupt interrupt;
  UniqueFd sender;
  std::unique_ptr<Receiver> receiver;

 private:
  ReceiveOptions options_;
  UniqueFd saved_;
};

void print(const Result<Received>& received, const std::string& more = {}) {
  if (received.ok()) {
    std::printf("{\"code\":null,\"bytes\":%llu", static_cast<unsigned long long>(received->bytes));
    for (const Observation& each : received->observations) {
      std::printf(",\"%s\":%llu", each.name, static_cast<unsigned long long>(each.value));
    }
  } else {
    std::printf("{\"code\":\"%s\"", received.error().code.c_str());
  }
  std::printf("%s}\n", more.c_str());
}

ReceiveOptions orders(ReceiverKind kind, ReceiverFault fault = {}) {
  ReceiveOptions options;
  options.kind = kind;
  options.expected_bytes = kBytes;
  options.buffer_bytes = kBuffer;
  options.fault = fault;
  return options;
}

/// Pages that belong to nobody but the pipe they came out of: what zerocopy-receive can map on loopback.
void pages(ReceiverKind kind) {
  ReceiveOptions options = orders(kind);
  options.buffer_bytes = kBytes;
  options.shape = kShape;
  Pair pair(options);

  Mapping content = must(Mapping::buffer(kBytes));
  fill_seeded(content.data(), kBytes, 1, 0);
  Digester sent(kShape);
  sent.update(content.data(), kBytes);

  const Pipe pipe = must(Pipe::of_size({}, 65'536));
  for (uint64_t at = 0; at < kBytes;) {
    const ssize_t filled = write(pipe.write_end(), content.data() + at, std::min(kBytes - at, pipe.bytes()));
    if (filled < 0) must(system_error("write", errno));
    for (ssize_t rest = filled; rest > 0;) {
      const ssize_t taken = splice(pipe.read_end(), nullptr, pair.sender.get(), nullptr, rest, 0);
      if (taken < 0) must(system_error("splice", errno));
      rest -= taken;
    }
    at += static_cast<uint64_t>(filled);
  }
  shutdown(pair.sender.get(), SHUT_WR);
  const Result<Received> received = pair.receiver->wait();
  const bool same = received.ok() && received->digest && received->digest->whole == sent.finish().whole;
  print(received, std::string(",\"same\":") + (same ? "true" : "false"));
}

/// The receiver is cancelled while it waits for a sender that says nothing.
void silence(ReceiverKind kind) {
  Pair pair(orders(kind));
  pair.interrupt.request();
  print(pair.receiver->wait());
}

/// Signals come while the receiver waits, and are none of its business.
void nudges(ReceiverKind kind) {
  Pair pair(orders(kind));
  for (int i = 0; i < 1000; ++i) {
    pair.interrupt.nudge();
    sched_yield();
  }
  pair.send_all(kBytes);
  shutdown(pair.sender.get(), SHUT_WR);
  print(pair.receiver->wait());
}

/// The sender resets the connection in the middle.
void abandon(ReceiverKind kind) {
  Pair pair(orders(kind));
  pair.send_all(kAt);
  while (pair.receiver->bytes_so_far() < kAt) continue;
  const linger at_once{1, 0};
  setsockopt(pair.sender.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  pair.sender.reset();
  print(pair.receiver->wait());
}

/// The receiver stops reading, and goes on when it is released.
void stall(ReceiverKind kind) {
  Pair pair(orders(kind, {ReceiverFault::What::kStall, kAt}));
  pair.send_all(kBytes);
  shutdown(pair.sender.get(), SHUT_WR);
  // One that does not stall would take everything and hang up.
  const std::string meanwhile = pair.fate_of_sender(300);
  const uint64_t stalled_at = pair.receiver->bytes_so_far();
  pair.receiver->release();
  print(pair.receiver->wait(), ",\"meanwhile\":\"" + meanwhile + "\",\"stalledAt\":" + std::to_string(stalled_at));
}

/// The receiver is cancelled while it stalls.
void stall_forever(ReceiverKind kind) {
  Pair pair(orders(kind, {ReceiverFault::What::kStall, 0}));
  pair.interrupt.request();
  print(pair.receiver->wait());
}

/// The receiver hangs up when it has taken exactly what was sent.
void hang_up(ReceiverKind kind, ReceiverFault::What what) {
  Pair pair(orders(kind, {what, kAt}));
  pair.send_all(kAt);
  const std::string fate = pair.fate_of_sender(-1);
  print(pair.receiver->wait(), ",\"sender\":\"" + fate + "\"");
}

int run(const std::string& scenario, ReceiverKind kind) {
  if (scenario == "pages") {
    pages(kind);
  } else if (scenario == "silence") {
    silence(kind);
  } else if (scenario == "nudges") {
    nudges(kind);
  } else if (scenario == "abandon") {
    abandon(kind);
  } else if (scenario == "stall") {
    stall(kind);
  } else if (scenario == "stall-forever") {
    stall_forever(kind);
  } else if (scenario == "close") {
    hang_up(kind, ReceiverFault::What::kClose);
  } else if (scenario == "reset") {
    hang_up(kind, ReceiverFault::What::kReset);
  } else {
    return 2;
  }
  return 0;
}

}  // namespace
}  // namespace zcl

int main(int count, char** words) {
  if (count != 3) return 2;
  return zcl::run(words[1], static_cast<zcl::ReceiverKind>(std::atoi(words[2])));
}
