#pragma once

#include <memory>
#include <string>

#include "receiver/call.h"
#include "receiver/taker.h"

namespace zcl {

std::unique_ptr<Taker> make_read(const ReceiveOptions& options, const Interrupt& interrupt);
std::unique_ptr<Taker> make_discard(const ReceiveOptions& options, const Interrupt& interrupt);
std::unique_ptr<Taker> make_splice_null(const ReceiveOptions& options, const Interrupt& interrupt);
std::unique_ptr<Taker> make_zerocopy_receive(const ReceiveOptions& options, const Interrupt& interrupt);
std::unique_ptr<Taker> make_save(const ReceiveOptions& options, const Interrupt& interrupt);
std::unique_ptr<Taker> make_save_splice(const ReceiveOptions& options, const Interrupt& interrupt);

/// What every kind has: its orders, and calls that are counted and survive signals.
class CallingTaker : public Taker {
 public:
  CallingTaker(const ReceiveOptions& options, const Interrupt& interrupt) : options_(options), interrupt_(interrupt) {}

  const CallCounter& calls() const final { return calls_; }

 protected:
  /// `path` is for errors.
  Call call(const char* name, std::string path = {}) { return Call(name, calls_, interrupt_, std::move(path)); }

  const ReceiveOptions& options_;

 private:
  const Interrupt& interrupt_;
  CallCounter calls_;
};

/// A kind that sees the bytes, and hashes them if asked to.
class SeeingTaker : public CallingTaker {
 public:
  SeeingTaker(const ReceiveOptions& options, const Interrupt& interrupt) : CallingTaker(options, interrupt) {
    if (options.shape) digester_.emplace(*options.shape);
  }

  std::optional<Digest> digest() final {
    if (!digester_) return {};
    return digester_->finish();
  }

 protected:
  void see(const std::byte* data, size_t bytes) {
    if (digester_) digester_->update(data, bytes);
  }

 private:
  std::optional<Digester> digester_;
};

}  // namespace zcl
