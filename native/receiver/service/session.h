#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "core/unique_fd.h"
#include "receiver/endpoint.h"
#include "receiver/service/log.h"
#include "receiver/service/stream.h"
#include "receiver/wire/inbox.h"

namespace zcl::service {

/// What sessions are given by the service, which outlives them.
struct House {
  std::string save_directory;  ///< empty: nothing is saved here
  uint64_t free_buffer_bytes;  ///< what all buffers together may still take
  int wake;                    ///< an eventfd to write to when a stream is over
  Log log;
};

/// A control connection whose token was right, and the transfer it asks for, if it does. It never waits: the loop of the
/// service calls when something has happened, and often enough for the time to be seen.
class Session {
 public:
  Session(UniqueFd control, Endpoint peer, House& house);
  ~Session();

  int socket() const { return control_.get(); }
  /// What to poll the socket for.
  short wants() const;

  /// Goes on as far as it can.
  void proceed();
  bool is_over() const { return stage_ == Stage::kOver; }

  /// Whether the session waits for a data connection that shows this ticket.
  bool expects(const Token& ticket) const;
  void begin(UniqueFd data);

 private:
  enum class Stage {
    kAsked,     ///< until Describe or Order
    kReady,     ///< until the data connection comes
    kTaking,    ///< while the stream's thread has the control connection
    kLastWord,  ///< until the sender has read all, and hangs up
    kOver,
  };

  void enter(Stage stage, int seconds);
  void listen();
  void hear(const wire::Message& message);
  void obey(const wire::Order& order);
  void watch();
  void report();
  void say(const wire::Message& message);
  void refuse(const Error& error);
  void flush();
  void leave(const std::string& why);

  const UniqueFd control_;
  const Endpoint peer_;
  House& house_;
  Stage stage_ = Stage::kAsked;
  int64_t until_ns_ = 0;
  wire::Inbox inbox_;
  std::string outbox_;
  wire::Order order_;
  uint64_t buffer_bytes_ = 0;  // taken from the house
  Saved saved_;
  Token ticket_{};
  std::unique_ptr<Stream> stream_;
  uint64_t seen_bytes_ = 0;
};

}  // namespace zcl::service
