#pragma once

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "measure/clock.h"
#include "measure/latency.h"

namespace zcl {

/// How often one system call was made.
struct CallCount {
  std::string name;
  uint64_t times;
};

/// How long the calls of one name took, in ns.
struct CallLatency {
  std::string name;
  uint64_t count;
  int64_t p50_ns, p99_ns, p999_ns, max_ns;
};

/// One system call that is made over and over: always counted, and timed where somebody wants to know how long each
/// takes. Where nobody does, that is an increment and a branch that is never taken.
class SystemCall {
 public:
  SystemCall() = default;
  explicit SystemCall(const char* name) : name_(name) {}

  const char* name() const { return name_; }
  uint64_t times() const { return times_; }

  /// Makes the call: `make` is what does it. Gives what that returned, and leaves errno as that left it.
  template <class Make>
  auto operator()(Make make) {
    ++times_;
    if (latency_ == nullptr) return make();
    const Stopwatch stopwatch(*latency_);
    return make();
  }

 private:
  friend class CallCounter;

  /// CLOCK_MONOTONIC, which the vDSO tells without a system call.
  class Stopwatch {
   public:
    explicit Stopwatch(Latency& latency) : latency_(latency), started_ns_(now_ns()) {}
    ~Stopwatch() {
      const int error = errno;
      latency_.record(now_ns() - started_ns_);
      errno = error;
    }

   private:
    Latency& latency_;
    const int64_t started_ns_;
  };

  const char* name_ = nullptr;
  uint64_t times_ = 0;
  std::unique_ptr<Latency> latency_;
};

/// System calls by name. A place handed out stays where it is.
class CallCounter {
 public:
  CallCounter() = default;
  CallCounter(const CallCounter&) = delete;
  CallCounter& operator=(const CallCounter&) = delete;

  static constexpr size_t kMostNames = 24;

  /// The place of calls of `name`, a string literal. At most `kMostNames` of them.
  SystemCall& operator[](const char* name);

  /// Times every call from now on.
  void time();

  /// Forgets the calls made so far: a window begins.
  void forget();

  /// Adds the calls of another, and how long they took.
  void add(const CallCounter& other);

  /// The names that were called at all.
  std::vector<CallCount> made() const;

  /// The same names, if their calls were timed.
  std::vector<CallLatency> latencies() const;

 private:
  std::array<SystemCall, kMostNames> places_;
  size_t used_ = 0;
  bool timed_ = false;
};

}  // namespace zcl
