#include "receiver/service/session.h"

#include <poll.h>
#include <sys/socket.h>

#include <cerrno>

#include "measure/clock.h"
#include "paths/unnamed_file.h"
#include "receiver/service/host_facts.h"
#include "receiver/wire/codec.h"

namespace zcl::service {
namespace {

constexpr int kPatienceForOrderSeconds = 10;
constexpr int kPatienceForDataSeconds = 10;
/// A stream that brings nothing for so long is given up; the lab's senders do not pause.
constexpr int kPatienceForBytesSeconds = 30;
/// What a sender may need to hash its own source before it has heard enough.
constexpr int kPatienceForGoodbyeSeconds = 30;
/// More than was announced is counted, so that it is noticed, but not for ever.
constexpr uint64_t kMostBytesTooMany = uint64_t{64} << 20;

std::vector<wire::Value> named(const std::vector<CallCount>& calls) {
  std::vector<wire::Value> values;
  values.reserve(calls.size());
  for (const CallCount& call : calls) values.push_back({call.name, call.times});
  return values;
}

}  // namespace

Session::Session(UniqueFd control, Endpoint peer, House& house)
    : control_(std::move(control)), peer_(peer), house_(house) {
  say(wire::Welcome{});
  enter(Stage::kAsked, kPatienceForOrderSeconds);
}

Session::~Session() {
  stream_.reset();
  house_.free_buffer_bytes += buffer_bytes_;
}

short Session::wants() const {
  return outbox_.empty() ? POLLIN : POLLIN | POLLOUT;
}

void Session::enter(Stage stage, int seconds) {
  stage_ = stage;
  until_ns_ = now_ns() + seconds * int64_t{1'000'000'000};
}

void Session::proceed() {
  if (stage_ == Stage::kTaking) watch();
  if (!is_over()) flush();
  if (!is_over()) listen();
  if (!is_over() && now_ns() > until_ns_) leave("gave up: nothing came in time");
}

void Session::listen() {
  for (;;) {
    const Result<std::optional<wire::Message>> heard = inbox_.look(control_.get());
    if (!heard.ok()) {
      const bool hung_up = heard.error().code == "ECONNABORTED" && !inbox_.is_within_message();
      const bool expected = hung_up && (stage_ == Stage::kLastWord || stage_ == Stage::kAsked);
      return leave(expected ? "" : "lost: " + heard.error().message);
    }
    if (!*heard) return;
    hear(**heard);
    if (is_over()) return;
  }
}

void Session::hear(const wire::Message& message) {
  if (stage_ == Stage::kAsked && std::holds_alternative<wire::Describe>(message)) {
    if (!outbox_.empty()) return leave("refused: it asks again before it has read the answer");
    say(host_facts(Endpoint::own(control_.get())));
    return enter(Stage::kAsked, kPatienceForOrderSeconds);
  }
  if (const auto* order = std::get_if<wire::Order>(&message); order != nullptr && stage_ == Stage::kAsked) {
    return obey(*order);
  }
  leave("refused: a message out of turn");
}

void Session::obey(const wire::Order& order) {
  order_ = order;
  const bool saves = trace_of(order.kind) == Trace::kFile;
  if (saves && house_.save_directory.empty()) {
    return refuse({"NO_FOLDER", "order", "This receiver was started without a folder to save in.", {}});
  }
  if (order.buffer_bytes > house_.free_buffer_bytes) return refuse(system_error("order", ENOBUFS));
  buffer_bytes_ = order.buffer_bytes;
  house_.free_buffer_bytes -= buffer_bytes_;
  if (saves) {
    Result<UniqueFd> file = open_unnamed_file(house_.save_directory);
    if (!file.ok()) return refuse(file.error());
    saved_ = {std::move(*file), house_.save_directory};
  }
  Result<Token> ticket = random_token();
  if (!ticket.ok()) return refuse(ticket.error());
  ticket_ = *ticket;
  say(wire::Ready{ticket_});
  enter(Stage::kReady, kPatienceForDataSeconds);
}

bool Session::expects(const Token& ticket) const {
  return stage_ == Stage::kReady && same_token(ticket, ticket_);
}

void Session::begin(UniqueFd data) {
  if (!outbox_.empty()) return leave("lost: it does not read");
  Result<std::unique_ptr<Stream>> stream =
      Stream::start(std::move(data), control_.get(), order_, std::move(saved_), house_.wake);
  if (!stream.ok()) return refuse(stream.error());
  stream_ = std::move(*stream);
  enter(Stage::kTaking, kPatienceForBytesSeconds);
}

void Session::watch() {
  if (stream_->is_over()) return report();
  const uint64_t bytes = stream_->bytes_so_far();
  if (bytes > order_.expected_bytes + kMostBytesTooMany) return leave("ended: it sent more than it had announced");
  if (bytes == seen_bytes_) return;
  seen_bytes_ = bytes;
  enter(Stage::kTaking, kPatienceForBytesSeconds);
}

void Session::report() {
  Result<Streamed> outcome = stream_->outcome();
  const uint64_t bytes = stream_->bytes_so_far();
  stream_.reset();
  if (!outcome.ok()) return refuse(outcome.error());
  const Received& received = outcome->received;
  if (received.digest) {
    const std::vector<uint64_t>& blocks = received.digest->blocks;
    for (size_t at = 0; at < blocks.size(); at += wire::kMostHashes) {
      const auto from = blocks.begin() + static_cast<ptrdiff_t>(at);
      const auto to = blocks.begin() + static_cast<ptrdiff_t>(std::min(at + wire::kMostHashes, blocks.size()));
      say(wire::Hashes{{from, to}});
    }
    say(wire::Hashed{received.digest->bytes, received.digest->whole, received.digest->unit_sum});
  }
  say(wire::Report{received.bytes, received.cost, named(received.cost.calls), std::move(outcome->values)});
  const bool all = bytes >= order_.expected_bytes || order_.expected_bytes == wire::kNoEnd;
  house_.log.say(peer_.text(), (all ? "received " : "ended after ") + std::to_string(bytes) +
                                   (all ? "" : " of " + std::to_string(order_.expected_bytes)) + " bytes");
  enter(Stage::kLastWord, kPatienceForGoodbyeSeconds);
}

void Session::say(const wire::Message& message) {
  outbox_ += wire::encode(message);
}

void Session::refuse(const Error& error) {
  house_.log.say(peer_.text(), "failed: " + error.call + ": " + error.message);
  say(wire::Failure{error.code, error.call, error.message});
  enter(Stage::kLastWord, kPatienceForGoodbyeSeconds);
}

// What is in the outbox is of bounded size: the hashes of one transfer, and a report.
void Session::flush() {
  if (outbox_.empty()) return;
  const ssize_t sent = send(control_.get(), outbox_.data(), outbox_.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  if (sent > 0) outbox_.erase(0, static_cast<size_t>(sent));
  if (sent < 0 && errno != EAGAIN && errno != EINTR) leave("lost: " + system_error("send", errno).message);
}

void Session::leave(const std::string& why) {
  if (!why.empty()) house_.log.say(peer_.text(), why);
  stream_.reset();
  stage_ = Stage::kOver;
}

}  // namespace zcl::service
