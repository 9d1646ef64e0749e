// A libFuzzer target for the whole of zcl-receiver's service: an input is what some visitors do over real connections,
// step by step, and after each step the service has its turn. They come, say what they like (bytes of the input, or
// frames with the right token and ticket, whole, cut in two or damaged), send payload, hang up and vanish. Whatever they
// did: nothing of it is left afterwards, and who comes next is served.

#include <dirent.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "receiver/service/service.h"
#include "receiver/wire/codec.h"
#include "receiver/wire/inbox.h"

namespace zcl::service {
namespace {

constexpr Token kToken{std::byte{0x5a}, std::byte{0x43}, std::byte{0x4c}};
constexpr size_t kMostVisitors = 6;
constexpr int kMostSteps = 64;
constexpr int kInputsBetweenGuests = 64;

void demand(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "conversations: %s\n", what);
  std::abort();
}

/// What is left of an input.
class Script {
 public:
  Script(const uint8_t* data, size_t size) : data_(data), size_(size) {}

  bool is_over() const { return size_ == 0; }

  /// 0 behind the end.
  uint8_t byte() {
    if (size_ == 0) return 0;
    --size_;
    return *data_++;
  }

  uint64_t number(int bytes) {
    uint64_t number = 0;
    for (; bytes > 0; --bytes) number = number << 8 | byte();
    return number;
  }

  std::string bytes(size_t most) {
    const size_t count = std::min(most, size_);
    const std::string bytes(reinterpret_cast<const char*>(data_), count);
    data_ += count;
    size_ -= count;
    return bytes;
  }

 private:
  const uint8_t* data_;
  size_t size_;
};

size_t entries_of(const char* folder) {
  size_t entries = 0;
  DIR* directory = opendir(folder);
  demand(directory != nullptr, "has no /proc");
  while (readdir(directory) != nullptr) ++entries;
  closedir(directory);
  return entries;
}

/// The service, on a thread that is this one: it has a turn when it is given one, and never waits in it, because its
/// standard input has something to say each time.
class Host {
 public:
  Host() : service_(open()) {
    int input[2];
    demand(pipe2(input, O_CLOEXEC) == 0 && dup2(input[0], STDIN_FILENO) == STDIN_FILENO, "has no input");
    close(input[0]);
    input_ = UniqueFd(input[1]);
  }

  void turn() {
    demand(write(input_.get(), "", 1) == 1, "has no input");
    demand(service_.turn(), "was told to end");
  }

  Endpoint endpoint() const { return service_.endpoint(); }

 private:
  static Service open() {
    const char* directory = std::getenv("ZCL_TEST_DIR");
    Result<Service> service =
        Service::open({"127.0.0.1", 0, false, directory == nullptr ? "/dev/shm" : directory, true, 0}, kToken);
    demand(service.ok(), "does not open");
    return std::move(*service);
  }

  Service service_;
  UniqueFd input_;
};

class Visitor {
 public:
  explicit Visitor(const Endpoint& there) : socket_(::socket(there.family(), SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    demand(connect(socket_.get(), there.address(), there.size()) == 0, "lets nobody in");
    // To leave is to vanish: then no port is kept for a while afterwards, of which there are not enough.
    const linger at_once{1, 0};
    setsockopt(socket_.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  }

  int socket() const { return socket_.get(); }

  void say(const std::string& bytes) const {
    static_cast<void>(send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT));
  }

  void hang_up() const { shutdown(socket_.get(), SHUT_WR); }

  /// The next thing the service says, if it has said one. What it says is always a frame.
  std::optional<wire::Message> hear() {
    Result<std::optional<wire::Message>> heard = inbox_.look(socket_.get());
    if (heard.ok()) return std::move(*heard);
    demand(heard.error().code != "EPROTO", "says what is no frame");
    return {};
  }

 private:
  UniqueFd socket_;
  wire::Inbox inbox_;
};

class Conversation {
 public:
  explicit Conversation(Host& host) : host_(host) {}

  /// Whoever is still there leaves, and the service has seen that.
  ~Conversation() {
    visitors_.clear();
    host_.turn();
    host_.turn();
  }

  void step(Script& script) {
    enum { kCome, kRaw, kFrame, kCutFrame, kDamagedFrame, kPayload, kHangUp, kVanish, kAwait, kSteps };
    const uint8_t what = script.byte() % kSteps;
    if (what == kCome || visitors_.empty()) {
      if (visitors_.size() < kMostVisitors) visitors_.emplace_back(host_.endpoint());
    } else {
      const size_t who = script.byte() % visitors_.size();
      Visitor& visitor = visitors_[who];
      if (what == kRaw) visitor.say(script.bytes(script.byte()));
      if (what == kFrame) visitor.say(frame(script));
      if (what == kCutFrame) say_in_two(visitor, frame(script), script.byte());
      if (what == kDamagedFrame) visitor.say(damaged(frame(script), script));
      if (what == kPayload) visitor.say(std::string(size_t{1000} * script.byte(), 'p'));
      if (what == kHangUp) visitor.hang_up();
      if (what == kAwait) await(visitor);
      if (what == kVanish) visitors_.erase(visitors_.begin() + static_cast<ptrdiff_t>(who));
    }
    host_.turn();
    listen();
  }

 private:
  std::string frame(Script& script) const {
    switch (script.byte() % 4) {
      case 0:
        return wire::encode(wire::Hello{wire::kVersion, kToken});
      case 1:
        return wire::encode(wire::Join{wire::kVersion, ticket_});
      case 2:
        return wire::encode(wire::Describe{});
      default:
        return wire::encode(order(script));
    }
  }

  static wire::Order order(Script& script) {
    wire::Order order;
    order.kind = static_cast<ReceiverKind>(script.byte() % 6);
    order.expected_bytes = script.number(3);
    order.buffer_bytes = 1 + script.number(2);
    if (script.byte() % 4 == 0) order.cpu = script.byte() % 4;
    if (script.byte() % 2 == 0) order.shape = DigestShape{4096, 1 + script.number(2)};
    return order;
  }

  void say_in_two(const Visitor& visitor, const std::string& bytes, size_t at) {
    const size_t cut = std::min(at, bytes.size());
    visitor.say(bytes.substr(0, cut));
    host_.turn();
    visitor.say(bytes.substr(cut));
  }

  static std::string damaged(std::string bytes, Script& script) {
    const size_t at = script.byte() % bytes.size();
    bytes[at] = static_cast<char>(bytes[at] ^ script.byte());
    return bytes;
  }

  /// Until something is said that it hears, or for a moment: a stream is a thread's, which takes its time.
  void await(const Visitor& visitor) {
    constexpr int kPatienceMs = 20;
    pollfd answer{visitor.socket(), POLLIN, 0};
    for (int waited = 0; waited < kPatienceMs && answer.revents == 0; ++waited) {
      host_.turn();
      poll(&answer, 1, 1);
    }
  }

  void listen() {
    for (Visitor& visitor : visitors_) {
      while (const std::optional<wire::Message> message = visitor.hear()) {
        if (const auto* ready = std::get_if<wire::Ready>(&*message)) ticket_ = ready->ticket;
      }
    }
  }

  Host& host_;
  std::vector<Visitor> visitors_;
  Token ticket_{};
};

/// One who does everything as it should be done.
class Guest {
 public:
  explicit Guest(Host& host) : host_(host) {}

  void visit() {
    constexpr char kPayload[] = "ten bytes";
    Visitor control(host_.endpoint());
    control.say(wire::encode(wire::Hello{wire::kVersion, kToken}));
    expect<wire::Welcome>(control);
    control.say(wire::encode(wire::Describe{}));
    expect<wire::Facts>(control);
    control.say(wire::encode(wire::Order{ReceiverKind::kRead, sizeof kPayload, 4096, {}, DigestShape{4096, 4096}}));
    const Token ticket = expect<wire::Ready>(control).ticket;
    Visitor data(host_.endpoint());
    data.say(wire::encode(wire::Join{wire::kVersion, ticket}));
    expect<wire::Begin>(control);
    data.say(std::string(kPayload, sizeof kPayload));
    demand(expect<wire::Taken>(control).bytes == sizeof kPayload, "takes something else");
    data.hang_up();
    expect<wire::Hashes>(control);
    expect<wire::Hashed>(control);
    demand(expect<wire::Report>(control).bytes == sizeof kPayload, "reports something else");
  }

 private:
  template <class M>
  M expect(Visitor& control) {
    constexpr int kPatienceMs = 20'000;
    for (int waited = 0; waited < kPatienceMs; ++waited) {
      host_.turn();
      if (std::optional<wire::Message> message = control.hear()) {
        demand(std::holds_alternative<M>(*message), "says something else to a guest");
        return std::get<M>(std::move(*message));
      }
      pollfd answer{control.socket(), POLLIN, 0};
      poll(&answer, 1, 1);
    }
    demand(false, "does not serve a guest");
    std::abort();
  }

  Host& host_;
};

struct Holdings {
  size_t descriptors = entries_of("/proc/self/fd");
  size_t threads = entries_of("/proc/self/task");

  bool is_within(const Holdings& other) const {
    return descriptors <= other.descriptors && threads <= other.threads;
  }
};

/// What a visitor leaves behind, and a thread that was joined, may be there for a moment longer.
bool shrinks_to(const Holdings& most, Host& host) {
  constexpr int kPatienceMs = 2'000;
  for (int waited = 0; waited < kPatienceMs; ++waited) {
    host.turn();
    if (Holdings().is_within(most)) return true;
    poll(nullptr, 0, 1);
  }
  const Holdings now;
  std::fprintf(stderr, "conversations: %zu descriptors and %zu threads, where there were %zu and %zu\n", now.descriptors,
               now.threads, most.descriptors, most.threads);
  return false;
}

void play(const uint8_t* data, size_t size) {
  static Host& host = *new Host;  // for all inputs, and never to be taken apart
  static const Holdings at_first;
  {
    Script script(data, size);
    Conversation conversation(host);
    for (int steps = 0; steps < kMostSteps && !script.is_over(); ++steps) conversation.step(script);
  }
  static int inputs = 0;
  if (++inputs % kInputsBetweenGuests != 0) return;
  Guest(host).visit();
  demand(shrinks_to(at_first, host), "keeps something of its visitors");
}

}  // namespace
}  // namespace zcl::service

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  zcl::service::play(data, size);
  return 0;
}
