#pragma once

#include <cstdint>
#include <list>
#include <string>
#include <vector>

#include "core/result.h"
#include "core/unique_fd.h"
#include "receiver/endpoint.h"
#include "receiver/service/session.h"
#include "receiver/wire/inbox.h"

namespace zcl::service {

struct Settings {
  std::string address;
  uint16_t port;               ///< 0: a free one
  bool or_free_port;           ///< a free one, too, where somebody else has that port
  std::string save_directory;  ///< empty: nothing is saved
  bool until_end_of_input;     ///< ends with standard input, which whoever started it holds open
  uint16_t lifeline_seconds;   ///< ends, too, when its input brings nothing for so long; 0: it may be silent for ever
};

/// The receiver as a program: one loop that never waits for anybody, and a thread for every stream.
class Service {
 public:
  static Result<Service> open(const Settings& settings, const Token& token);

  /// Where it listens.
  Endpoint endpoint() const { return Endpoint::own(listener_.get()); }

  /// Serves until it is told to end: by SIGINT, SIGTERM or SIGHUP, or by the end of standard input.
  Status run();

  /// One round of that: waits until something happens, for a while where somebody is there, and sees to it. False when
  /// it is told to end.
  bool turn();

 private:
  /// Someone who connected and has not said yet what for.
  struct Stranger {
    UniqueFd socket;
    Endpoint peer;
    int64_t until_ns;
    wire::Inbox inbox;
  };

  Service(UniqueFd listener, UniqueFd wake, UniqueFd signals, const Settings& settings, const Token& token);

  bool wait();
  bool hear_input(bool is_ready);
  void let_in();
  void hear_strangers();
  bool hear(Stranger& stranger);
  bool admit(Stranger& stranger, const wire::Message& message);
  void turn_away(Stranger& stranger, const char* code, const std::string& why);

  UniqueFd listener_;
  UniqueFd wake_;
  UniqueFd signals_;
  bool until_end_of_input_;
  int64_t lifeline_ns_;
  int64_t input_due_ns_;  // by when it has to say something
  Token token_;
  House house_;
  std::list<Stranger> strangers_;  // oldest first
  std::list<Session> sessions_;
  bool is_full_ = false;  // no descriptor was left for the last one who came
};

}  // namespace zcl::service
