// A TCP stream over 127.0.0.1, both ends of it in this thread, so that neither waits for the other. socket-write: what
// send() of a byte does beyond being a system call, while no packet leaves. loopback-segment: sending one packet, which
// on loopback is its way to the receiver's queue too. socket-copy: copying a byte into packets. socket-read,
// receive-copy: what recv() of a byte does, and copying a byte out of the queue. socket-page: handing over a page by
// reference.

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "core/pipe.h"
#include "measure/calibration/gauge.h"
#include "receiver/handshake.h"

namespace zcl {
namespace {

constexpr size_t kPage = 4096;
constexpr size_t kMessage = 32768;  // fits into the buffers of a new connection, so that no send has to wait
constexpr int kMessages = 8;
constexpr int kCalls = 128;

class Loopback final : public Gauge {
 public:
  Status prepare(Workbench&) override {
    const Interrupt never;
    const Result<Token> token = random_token();
    if (!token.ok()) return token.error();
    const Result<Listener> listener = listen_on_loopback();
    if (!listener.ok()) return listener.error();
    Result<UniqueFd> out = connect_and_show(listener->port, *token, never);
    if (!out.ok()) return std::move(out).error();
    Result<UniqueFd> in = accept_token(*listener, *token, never);
    if (!in.ok()) return std::move(in).error();
    Result<Pipe> pipe = Pipe::of_size({}, kMessage);
    if (!pipe.ok()) return std::move(pipe).error();
    pipe_ = std::move(*pipe);
    out_ = std::move(*out);
    in_ = std::move(*in);
    return {};
  }

  Status measure(Workbench& bench, UnitCosts& costs) override {
    const Result<double> nothing = cpu_time([] {
      for (int i = 0; i < kCalls; ++i) syscall(SYS_getppid);
      return Status();
    });
    const double call_ns = *nothing / kCalls;

    hold_packets_back(true);
    const Result<double> gathered = bytes_out(bench);
    if (!gathered.ok()) return gathered.error();
    hold_packets_back(false);
    const Result<double> gathered_in = bytes_in(bench, kCalls);
    if (!gathered_in.ok()) return gathered_in.error();

    at_once();
    const Result<double> singly = bytes_out(bench);
    if (!singly.ok()) return singly.error();
    if (const Result<double> taken = bytes_in(bench, kCalls); !taken.ok()) return taken.error();

    double out_ns = 0;
    double in_ns = 0;
    double pages_ns = 0;
    for (int i = 0; i < kMessages; ++i) {
      if (Status status = message(bench, out_ns, in_ns); !status.ok()) return status;
      if (Status status = pages(bench, pages_ns); !status.ok()) return status;
    }

    const double write_ns = *gathered / kCalls - call_ns;
    const double segment_ns = *singly / kCalls - call_ns - write_ns;
    const double read_ns = *gathered_in / kCalls - call_ns;
    constexpr double kBytes = kMessages * kMessage;
    costs["socket-write"].push_back(write_ns);
    costs["loopback-segment"].push_back(segment_ns);
    costs["socket-read"].push_back(read_ns);
    costs["socket-copy"].push_back((out_ns - kMessages * (call_ns + write_ns + segment_ns)) / kBytes);
    costs["receive-copy"].push_back((in_ns - kMessages * (call_ns + read_ns)) / kBytes);
    costs["socket-page"].push_back((pages_ns - kMessages * (call_ns + segment_ns)) / (kBytes / kPage));
    return {};
  }

 private:
  void set(int option, int value) const { setsockopt(out_.get(), IPPROTO_TCP, option, &value, sizeof value); }
  void hold_packets_back(bool yes) const { set(TCP_CORK, yes ? 1 : 0); }
  void at_once() const { set(TCP_NODELAY, 1); }

  Result<double> bytes_out(Workbench& bench) const {
    return cpu_time([&] {
      for (int i = 0; i < kCalls; ++i) {
        const ssize_t sent = send(out_.get(), bench.memory(), 1, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent != 1) return bench.expect("send", sent, 1);
      }
      return Status();
    });
  }

  Result<double> bytes_in(Workbench& bench, int calls) const {
    return cpu_time([&] {
      for (int i = 0; i < calls; ++i) {
        const ssize_t got = recv(in_.get(), bench.memory(), 1, 0);
        if (got != 1) return bench.expect("recv", got, 1);
      }
      return Status();
    });
  }

  Status message(Workbench& bench, double& out_ns, double& in_ns) const {
    const Result<double> out = cpu_time([&] {
      const ssize_t sent = send(out_.get(), bench.memory(), kMessage, MSG_DONTWAIT | MSG_NOSIGNAL);
      return bench.expect("send", sent, kMessage);
    });
    if (!out.ok()) return out.error();
    const Result<double> in = take(bench);
    if (!in.ok()) return in.error();
    out_ns += *out;
    in_ns += *in;
    return {};
  }

  Status pages(Workbench& bench, double& pages_ns) const {
    off64_t from = bench.next_window(kMessage);
    const ssize_t filled = splice(bench.warm_file(), &from, pipe_.write_end(), nullptr, kMessage, 0);
    if (filled != static_cast<ssize_t>(kMessage)) return bench.expect("splice", filled, kMessage);
    const Result<double> out = cpu_time([&] {
      const ssize_t sent = splice(pipe_.read_end(), nullptr, out_.get(), nullptr, kMessage, SPLICE_F_NONBLOCK);
      return bench.expect("splice", sent, kMessage);
    });
    if (!out.ok()) return out.error();
    if (const Result<double> in = take(bench); !in.ok()) return in.error();
    pages_ns += *out;
    return {};
  }

  Result<double> take(Workbench& bench) const {
    return cpu_time(
        [&] { return bench.expect("recv", recv(in_.get(), bench.memory(), kMessage, MSG_WAITALL), kMessage); });
  }

  Pipe pipe_;
  UniqueFd out_;
  UniqueFd in_;
};

}  // namespace

std::unique_ptr<Gauge> loopback() {
  return std::make_unique<Loopback>();
}

}  // namespace zcl
