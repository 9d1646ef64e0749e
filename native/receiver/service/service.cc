#include "receiver/service/service.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/socket.h>

#include <cerrno>
#include <csignal>

#include "measure/clock.h"
#include "receiver/link.h"
#include "receiver/wire/codec.h"

namespace zcl::service {
namespace {

constexpr size_t kMostStrangers = 64;
/// One for each stream of a transfer (64 at most), while those of the transfer before are still saying goodbye.
constexpr size_t kMostSessions = 128;
constexpr int64_t kSecondNs = 1'000'000'000;
constexpr int kPatienceForHelloSeconds = 5;
constexpr uint64_t kMostBufferBytes = uint64_t{1} << 30;
/// How often the time is looked at while somebody is there.
constexpr int kTickMs = 500;

Result<UniqueFd> listen_at(const std::string& address, uint16_t port) {
  const Result<Endpoint> endpoint = Endpoint::of(address, port);
  if (!endpoint.ok()) return endpoint.error();
  // Non-blocking, so that accept never waits for somebody who left again.
  UniqueFd listener(socket(endpoint->family(), SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!listener) return system_error("socket", errno);
  const int yes = 1;
  setsockopt(listener.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (bind(listener.get(), endpoint->address(), endpoint->size()) != 0) {
    return system_error("bind", errno, endpoint->text());
  }
  if (listen(listener.get(), kMostStrangers) != 0) return system_error("listen", errno, endpoint->text());
  return listener;
}

Result<UniqueFd> catch_signals() {
  sigset_t set;
  sigemptyset(&set);
  for (int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&set, signal);
  sigprocmask(SIG_BLOCK, &set, nullptr);  // NOLINT(concurrency-mt-unsafe): there is no other thread yet
  UniqueFd signals(signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
  if (!signals) return system_error("signalfd", errno);
  return signals;
}

}  // namespace

Service::Service(UniqueFd listener, UniqueFd wake, UniqueFd signals, const Settings& settings, const Token& token)
    : listener_(std::move(listener)),
      wake_(std::move(wake)),
      signals_(std::move(signals)),
      until_end_of_input_(settings.until_end_of_input),
      lifeline_ns_(settings.lifeline_seconds * kSecondNs),
      input_due_ns_(now_ns() + lifeline_ns_),
      token_(token),
      house_{settings.save_directory, kMostBufferBytes, wake_.get(), {}} {}

Result<Service> Service::open(const Settings& settings, const Token& token) {
  Result<UniqueFd> listener = listen_at(settings.address, settings.port);
  if (!listener.ok() && listener.error().code == "EADDRINUSE" && settings.or_free_port) {
    listener = listen_at(settings.address, 0);
  }
  if (!listener.ok()) return std::move(listener).error();
  UniqueFd wake(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!wake) return system_error("eventfd", errno);
  Result<UniqueFd> signals = catch_signals();
  if (!signals.ok()) return std::move(signals).error();
  return Service(std::move(*listener), std::move(wake), std::move(*signals), settings, token);
}

Status Service::run() {
  while (turn()) continue;
  sessions_.clear();
  return {};
}

bool Service::turn() {
  if (!wait()) return false;
  let_in();
  hear_strangers();
  for (Session& session : sessions_) session.proceed();
  sessions_.remove_if([](const Session& session) { return session.is_over(); });
  return true;
}

/// Waits for something to do. False when it is time to end.
bool Service::wait() {
  enum { kSignals, kInput, kWake, kListener, kOthers };
  std::vector<pollfd> waits(kOthers);
  waits[kSignals] = {signals_.get(), POLLIN, 0};
  waits[kInput] = {until_end_of_input_ ? STDIN_FILENO : -1, POLLIN, 0};
  waits[kWake] = {wake_.get(), POLLIN, 0};
  waits[kListener] = {is_full_ ? -1 : listener_.get(), POLLIN, 0};  // for a tick; it would be ready all the time
  for (const Stranger& stranger : strangers_) waits.push_back({stranger.socket.get(), POLLIN, 0});
  for (const Session& session : sessions_) waits.push_back({session.socket(), session.wants(), 0});
  const bool alone = strangers_.empty() && sessions_.empty() && !is_full_ && lifeline_ns_ == 0;
  poll(waits.data(), waits.size(), alone ? -1 : kTickMs);
  is_full_ = false;
  eventfd_t woken = 0;
  if (waits[kWake].revents != 0) eventfd_read(wake_.get(), &woken);
  if (waits[kSignals].revents != 0) return false;
  return hear_input(waits[kInput].revents != 0);
}

/// What standard input says means nothing, only that somebody is there. False when nobody is any more.
bool Service::hear_input(bool is_ready) {
  if (!is_ready) return lifeline_ns_ == 0 || now_ns() < input_due_ns_;
  input_due_ns_ = now_ns() + lifeline_ns_;
  char ignored[64];
  return read(STDIN_FILENO, ignored, sizeof ignored) > 0;
}

/// Not all who ever come: in a flood the others would never be heard.
void Service::let_in() {
  for (size_t newcomers = 0; newcomers < kMostStrangers; ++newcomers) {
    UniqueFd socket(accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!socket) {
      is_full_ = errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM;
      if (is_full_) house_.log.say("", "refused: " + system_error("accept", errno).message);
      return;
    }
    // The oldest leaves when it gets crowded, unless it has said by now what it came for: a sender does so at once.
    if (strangers_.size() == kMostStrangers) {
      if (hear(strangers_.front())) turn_away(strangers_.front(), "CROWDED", "too many connections");
      strangers_.pop_front();
    }
    const Endpoint peer = Endpoint::of_peer(socket.get());
    const int64_t until_ns = now_ns() + kPatienceForHelloSeconds * kSecondNs;
    strangers_.push_back({std::move(socket), peer, until_ns, {}});
  }
}

void Service::hear_strangers() {
  for (auto stranger = strangers_.begin(); stranger != strangers_.end();) {
    stranger = hear(*stranger) ? std::next(stranger) : strangers_.erase(stranger);
  }
}

/// Whether the stranger stays one.
bool Service::hear(Stranger& stranger) {
  const Result<std::optional<wire::Message>> heard = stranger.inbox.look(stranger.socket.get());
  if (heard.ok() && *heard) return admit(stranger, **heard);
  if (!heard.ok()) {
    turn_away(stranger, "PROTOCOL", heard.error().message);
    return false;
  }
  if (now_ns() <= stranger.until_ns) return true;
  turn_away(stranger, "TOO_SLOW", "no whole first frame in time");
  return false;
}

bool Service::admit(Stranger& stranger, const wire::Message& message) {
  const auto* hello = std::get_if<wire::Hello>(&message);
  const auto* join = std::get_if<wire::Join>(&message);
  if (hello == nullptr && join == nullptr) {
    turn_away(stranger, "PROTOCOL", "a first frame that is neither Hello nor Join");
    return false;
  }
  const uint16_t version = hello != nullptr ? hello->version : join->version;
  if (version != wire::kVersion) {
    turn_away(stranger, "VERSION",
              "version " + std::to_string(version) + " of the protocol, not " + std::to_string(wire::kVersion));
  } else if (hello != nullptr && !same_token(hello->token, token_)) {
    turn_away(stranger, "TOKEN", "wrong token");
  } else if (hello != nullptr && sessions_.size() == kMostSessions) {
    turn_away(stranger, "BUSY", "too many transfers");
  } else if (Status status = watch_link(stranger.socket.get(), hello ? Carries::kFrames : Carries::kPayload);
             !status.ok()) {
    turn_away(stranger, "LOST", status.error().message);
  } else if (hello != nullptr) {
    sessions_.emplace_back(std::move(stranger.socket), stranger.peer, house_);
  } else {
    for (Session& session : sessions_) {
      if (session.expects(join->ticket)) {
        session.begin(std::move(stranger.socket));
        return false;
      }
    }
    turn_away(stranger, "TICKET", "wrong ticket");
  }
  return false;
}

/// Tells why, as far as that goes out at once, so that a sender of ours has something to say.
void Service::turn_away(Stranger& stranger, const char* code, const std::string& why) {
  house_.log.say(stranger.peer.text(), "refused: " + why);
  // Where the link is down, the kernel would go on with the goodbye for minutes.
  static_cast<void>(watch_link(stranger.socket.get(), Carries::kPayload));
  const std::string frame = wire::encode(wire::Failure{code, "hello", why});
  send(stranger.socket.get(), frame.data(), frame.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
}

}  // namespace zcl::service
