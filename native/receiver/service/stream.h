#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "core/interrupt.h"
#include "core/unique_fd.h"
#include "receiver/receive.h"
#include "receiver/receive_options.h"
#include "receiver/wire/message.h"

namespace zcl::service {

/// A file that a receiver saves to, without a name; no file where nothing is saved.
struct Saved {
  UniqueFd file;
  std::string directory;
};

/// What came in, with what is told about it beside its cost.
struct Streamed {
  Received received;
  std::vector<wire::Value> values;
};

/// A thread that takes one stream, as the receiver within the lab does it.
class Stream {
 public:
  /// @param control where it says Begin and Taken; nobody else may write there until it is over. Borrowed
  /// @param wake an eventfd to write to when it is over. Borrowed
  static Result<std::unique_ptr<Stream>> start(UniqueFd data, int control, const wire::Order& order, Saved saved,
                                               int wake);

  /// Ends it, however far it is.
  ~Stream();

  void end() { interrupt_.request(); }
  bool is_over() const { return over_.load(std::memory_order_acquire); }
  uint64_t bytes_so_far() const { return progress_.load(std::memory_order_relaxed); }

  /// Once, when it is over.
  Result<Streamed> outcome() { return std::move(*outcome_); }

 private:
  Stream(UniqueFd data, int control, const wire::Order& order, Saved saved);

  Result<Streamed> serve();
  Status say(const wire::Message& message) const;

  const UniqueFd data_;
  const int control_;
  const Saved saved_;
  ReceiveOptions options_;
  const std::optional<DigestShape> read_back_;
  Interrupt interrupt_;
  std::atomic<uint64_t> progress_{0};
  std::unique_ptr<Result<Streamed>> outcome_;  // written by the thread, read when it is over
  std::atomic<bool> over_{false};
  std::thread thread_;
};

}  // namespace zcl::service
