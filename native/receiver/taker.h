#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/interrupt.h"
#include "core/result.h"
#include "receiver/receive_options.h"
#include "transfer.h"
#include "verify/digest.h"

namespace zcl {

/// Takes a stream off a socket, in the way of one ReceiverKind. An object serves one stream, on one thread.
///
/// A kind lives in one file of native/receiver/takers/ and has one line in the table of taker.cc.
class Taker {
 public:
  Taker() = default;
  virtual ~Taker() = default;
  Taker(const Taker&) = delete;
  Taker& operator=(const Taker&) = delete;

  /// Set-up outside of the window, on a connected, blocking socket: buffers, pipes, mappings.
  virtual Status prepare(int socket) = 0;

  /// Waits until there is something and takes it: how many bytes are done with, 0 at the end of the stream. Nothing but
  /// the kind's own system calls; those that a signal disturbs are made again. CANCELLED when the interrupt says so.
  virtual Result<uint64_t> take(int socket) = 0;

  /// System calls made so far.
  virtual const CallCounter& calls() const = 0;

  /// Asked at the end; nothing where no hash was asked for.
  virtual std::optional<Digest> digest() { return {}; }

  /// What the kind found out, by names of native/addon.d.ts. Asked at the end.
  virtual std::vector<Observation> observations() const { return {}; }
};

/// The taker for `options.kind`. `options` and `interrupt` must outlive it.
std::unique_ptr<Taker> make_taker(const ReceiveOptions& options, const Interrupt& interrupt);

}  // namespace zcl
