#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "measure/thread_cost.h"
#include "receiver/receiver_kind.h"
#include "receiver/token.h"
#include "verify/digest.h"

/// What a sender and a receiver on another host say to each other: docs/protocol.md.
namespace zcl::wire {

constexpr uint16_t kVersion = 1;

/// Of lists and texts, so that no frame can be larger than `kMostPayloadBytes`.
constexpr size_t kMostText = 200;
constexpr size_t kMostValues = 32;
constexpr size_t kMostFacts = 24;
constexpr size_t kMostHashes = 500;

/// What is expected of a stream that goes on until the sender's time is over: more than comes.
constexpr uint64_t kNoEnd = uint64_t{1} << 52;

/// A text for people. On the wire it is printable ASCII; whatever else is in it goes out as `?`.
using Text = std::string;

/// A number by its name.
struct Value {
  Text name;
  uint64_t value;
};

/// A fact of a host by its name.
struct Fact {
  Text name;
  Text value;
};

// From the sender. The first frame of a connection is Hello or Join, and decides what the connection is for.

/// Begins a control connection. Of a later version only the version is read.
struct Hello {
  uint16_t version = kVersion;
  Token token{};
};

/// Begins the data connection of a control connection that was given this ticket. Behind it, after Begin, comes the
/// payload and nothing else.
struct Join {
  uint16_t version = kVersion;
  Token ticket{};
};

/// Asks for Facts.
struct Describe {};

/// Asks for one transfer to be received.
struct Order {
  ReceiverKind kind = ReceiverKind::kRead;
  uint64_t expected_bytes = 0;
  uint64_t buffer_bytes = 0;
  std::optional<uint32_t> cpu;
  std::optional<DigestShape> shape;  ///< to be hashed; what is saved, by reading it again
};

// From the receiver.

/// The token was right.
struct Welcome {};

struct Facts {
  std::vector<Fact> facts;
};

/// The order can be served: the data connection may come, and show this.
struct Ready {
  Token ticket{};
};

/// The payload may come.
struct Begin {};

/// Everything that was expected is there and done with.
struct Taken {
  uint64_t bytes = 0;
};

/// Some hashes of blocks, in order.
struct Hashes {
  std::vector<uint64_t> blocks;
};

/// What else a Digest holds; comes behind its Hashes.
struct Hashed {
  uint64_t bytes = 0;
  uint64_t whole = 0;
  uint64_t unit_sum = 0;
};

/// The stream has ended, and this was it. The last frame of a transfer.
struct Report {
  uint64_t bytes = 0;
  ThreadUsage usage;
  std::vector<Value> calls;
  std::vector<Value> values;  ///< observations, by names of native/addon.d.ts
};

/// It was not to be. The last frame of a connection.
struct Failure {
  Text code;
  Text call;
  Text message;
};

/// In the order of their numbers in docs/protocol.md, from 1 on.
using Message = std::variant<Hello, Join, Describe, Order, Welcome, Facts, Ready, Begin, Taken, Hashes, Hashed, Report,
                             Failure>;

}  // namespace zcl::wire
