#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/registry.h"
#include "core/result.h"
#include "core/unique_fd.h"
#include "exchange/control.h"
#include "exchange/intake.h"
#include "exchange/ring.h"
#include "transfer.h"

namespace zcl {

/// What a producer is asked to do.
struct ExchangeJob {
  uint64_t bytes;
  uint64_t seed;
  uint64_t buffer_bytes;  ///< bytes handed over at a time, at most `bytes` unless that is 0
  uint64_t buffers;       ///< to go round in, where a mode hands over references
  ModeOptions options;
  ControlBlock& control;
  const Interrupt& interrupt;
  Moment* pace = nullptr;  ///< asked before every chunk, and at the end
};

/// A part of the stream, lying in a buffer of the producer's.
struct Chunk {
  std::byte* data;
  size_t bytes;
  uint64_t at;         ///< in the stream
  size_t ring_offset;  ///< of `data` in the memory or the file of the ring
};

/// Descriptors that the consumer's half needs, in the order in which it finds them.
using Ends = std::vector<UniqueFd>;

Ends only(UniqueFd end);

/// The producer's half of a way of handing bytes over. An object serves one exchange: prepare, admit, produce_all, end,
/// in this order, on one thread; what the consumer may still look at lives as long as the object.
///
/// A mode lives in one file of native/exchanges/ and enters itself with a `RegisterExchange`; no other file names it.
class Producer {
 public:
  virtual ~Producer() = default;
  Producer(const Producer&) = delete;
  Producer& operator=(const Producer&) = delete;

  /// Set-up outside of the timed window: buffers, pipes, sockets. Gives the consumer its ends.
  Result<Ends> prepare(const ExchangeJob& job);

  /// Lets the consumer, now that it is known, do what it has to. Outside of the window, too.
  virtual void admit(pid_t /*consumer*/) {}

  /// The timed window: writes every byte into a buffer, buffer by buffer, and hands each over.
  Status produce_all(const ExchangeJob& job);

  /// The stream ends: nothing will be handed over any more.
  virtual void end() {}

  /// All calls made since the window began.
  CallCounter& calls() { return calls_; }
  const std::vector<Observation>& observations() const { return observations_; }

 protected:
  /// When a buffer may be written again.
  enum class Reuse {
    kAtOnce,        ///< handing over has copied it: one buffer is enough
    kWhenConsumed,  ///< what was handed over is a reference: not before the consumer has read it
  };

  /// Where the buffers lie, and when they may be written again.
  Producer(Ring::Kind kind, Reuse reuse) : kind_(kind), reuse_(reuse) {}

  /// What prepare() does beside the buffers, which are there already.
  virtual Result<Ends> open(const ExchangeJob& job) = 0;

  virtual Status hand_over(const ExchangeJob& job, const Chunk& chunk) = 0;

  /// Where no system call tells the consumer that there is something to read.
  void announce(const ExchangeJob& job, const Chunk& chunk) {
    job.control.produced.raise(chunk.at + chunk.bytes, futex_);
  }

  void observe(const char* name, uint64_t value) { observations_.push_back({name, value}); }

  CallCounter calls_;
  Ring ring_;

 private:
  const Ring::Kind kind_;
  const Reuse reuse_;
  SystemCall& futex_ = calls_["futex"];
  std::vector<Observation> observations_;
};

/// The consumer's half, on a thread or in a process of its own. An object serves one exchange.
class Consumer {
 public:
  Consumer() = default;
  virtual ~Consumer() = default;
  Consumer(const Consumer&) = delete;
  Consumer& operator=(const Consumer&) = delete;

  /// Set-up outside of the timed window.
  virtual Status prepare(const Orders& orders, Ends ends) = 0;

  /// Gives `intake` every byte, in order, until the stream has ended or everything is there.
  virtual Status consume(Intake& intake) = 0;

  CallCounter& calls() { return calls_; }

 protected:
  CallCounter calls_;
};

/// Enters a mode into the list: `const RegisterExchange<PipeProducer, StreamConsumer> kEntry("pipe");`
class ExchangeEntry : public Listed<ExchangeEntry> {
 public:
  using MakeProducer = std::unique_ptr<Producer> (*)();
  using MakeConsumer = std::unique_ptr<Consumer> (*)();

  ExchangeEntry(const char* id, MakeProducer producer, MakeConsumer consumer)
      : Listed(id), make_producer(producer), make_consumer(consumer) {}

  const MakeProducer make_producer;
  const MakeConsumer make_consumer;
};

template <class P, class C>
class RegisterExchange : ExchangeEntry {
 public:
  explicit RegisterExchange(const char* id)
      : ExchangeEntry(
            id, []() -> std::unique_ptr<Producer> { return std::make_unique<P>(); },
            []() -> std::unique_ptr<Consumer> { return std::make_unique<C>(); }) {}
};

}  // namespace zcl
