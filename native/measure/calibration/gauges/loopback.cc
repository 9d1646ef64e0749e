// A TCP stream over 127.0.0.1, both ends of it in this thread, so that neither waits for the other. socket-write: what
// send() of a byte does beyond being a system call, while no packet leaves. socket-read: the same of recv().
// loopback-segment: sending one packet, which on loopback is its way to the receiver's queue too, and acknowledging it.
// socket-copy, receive-copy: copying one more byte into packets and out of them. socket-page, receive-page: handing
// over one more page by reference, and copying it out of packets, which nobody has had in a cache.

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
constexpr size_t kMorePages = kMessage / kPage - 1;
constexpr int kMessages = 24;
constexpr int kCalls = 128;

class Loopback final : public Gauge {
 public:
  Status prepare(Workbench&) override {
    const Interrupt never;
    const Result<Token> token = random_token();
    if (!token.ok()) return token.error();
    const Result<Listener> listener = listen_at(on_loopback());
    if (!listener.ok()) return listener.error();
    Result<UniqueFd> out = connect_and_show(on_loopback(), listener->port, *token, as_it_is, never);
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
    set(TCP_CORK, 1);
    const Result<double> gathered = times(kCalls, [&] { return sent(bench, 1); });
    if (!gathered.ok()) return gathered.error();
    set(TCP_CORK, 0);
    const Result<double> taken = times(kCalls, [&] { return received(bench, 1); });
    if (!taken.ok()) return taken.error();
    set(TCP_NODELAY, 1);
    const Result<double> there = times(kCalls, [&] {
      Status status = sent(bench, 1);
      return status.ok() ? received(bench, 1) : std::move(status);
    });
    if (!there.ok()) return there.error();
    Way page;
    Way message;
    for (int i = 0; i < kMessages; ++i) {
      if (Status status = move(bench, kPage, page); !status.ok()) return status;
      if (Status status = move(bench, kMessage, message); !status.ok()) return status;
    }

    const double write_ns = *gathered / kCalls - call_ns;
    const double read_ns = *taken / kCalls - call_ns;
    costs["socket-write"].push_back(write_ns);
    costs["socket-read"].push_back(read_ns);
    costs["loopback-segment"].push_back(*there / kCalls - 2 * call_ns - write_ns - read_ns);
    constexpr double kMore = kMessages * kMorePages;
    costs["socket-copy"].push_back((message.copied_out - page.copied_out) / (kMore * kPage));
    costs["receive-copy"].push_back((message.copied_in - page.copied_in) / (kMore * kPage));
    costs["socket-page"].push_back((message.lent_out - page.lent_out) / kMore);
    costs["receive-page"].push_back((message.lent_in - page.lent_in) / kMore);
    return {};
  }

 private:
  /// CPU time of both ends, in ns: of bytes that are copied into packets, and of pages lent to them.
  struct Way {
    double copied_out = 0;
    double copied_in = 0;
    double lent_out = 0;
    double lent_in = 0;
  };

  void set(int option, int value) const { setsockopt(out_.get(), IPPROTO_TCP, option, &value, sizeof value); }

  template <class Call>
  static Result<double> times(int count, Call call) {
    return cpu_time([&] {
      for (int i = 0; i < count; ++i) {
        if (Status status = call(); !status.ok()) return status;
      }
      return Status();
    });
  }

  Status sent(Workbench& bench, size_t bytes) const {
    return bench.expect("send", send(out_.get(), bench.memory(), bytes, MSG_DONTWAIT | MSG_NOSIGNAL), bytes);
  }

  Status received(Workbench& bench, size_t bytes) const {
    return bench.expect("recv", recv(in_.get(), bench.memory(), bytes, MSG_WAITALL), bytes);
  }

  Status lent(Workbench& bench, size_t bytes) const {
    const ssize_t taken = splice(pipe_.read_end(), nullptr, out_.get(), nullptr, bytes, SPLICE_F_NONBLOCK);
    return bench.expect("splice", taken, bytes);
  }

  /// One message of each kind from end to end.
  Status move(Workbench& bench, size_t bytes, Way& way) const {
    const auto add = [&](double& sum, auto work) {
      const Result<double> ns = cpu_time(work);
      if (ns.ok()) sum += *ns;
      return ns.ok() ? Status() : Status(ns.error());
    };
    Status status = add(way.copied_out, [&] { return sent(bench, bytes); });
    if (status.ok()) status = add(way.copied_in, [&] { return received(bench, bytes); });
    if (!status.ok()) return status;
    off64_t from = bench.next_window(bytes);
    const ssize_t filled = splice(bench.warm_file(), &from, pipe_.write_end(), nullptr, bytes, 0);
    if (filled != static_cast<ssize_t>(bytes)) return bench.expect("splice", filled, bytes);
    status = add(way.lent_out, [&] { return lent(bench, bytes); });
    return status.ok() ? add(way.lent_in, [&] { return received(bench, bytes); }) : std::move(status);
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
