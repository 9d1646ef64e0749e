#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/interrupt.h"
#include "core/result.h"
#include "laboratory/laboratory.h"
#include "measure/tcp_facts.h"
#include "measure/thread_cost.h"
#include "paths/tcp_shape.h"
#include "receiver/fault.h"
#include "receiver/receiver_kind.h"
#include "receiver/wire/remote.h"
#include "transfer.h"
#include "verify/digest.h"

namespace zcl {

/// What came in at the far end.
struct Arrival {
  uint64_t bytes;
  /// CLOCK_MONOTONIC when the last byte was there; nothing where it is there when the sender's last call returns.
  std::optional<int64_t> complete_ns;
  /// Cost of the receiving thread; nothing where there is none.
  std::optional<ThreadCost> receiver;
  /// What arrived, hashed on the way in; nothing if not asked for or if it stays to be read back.
  std::optional<Digest> digest;
  /// What the receiver found out, and how the kernel has set the socket.
  std::vector<Observation> observations{};
  /// Of the sending socket, when everything had arrived; nothing where it is none.
  std::optional<TcpFacts> tcp{};
};

/// The far end of a path: made ready before the window, settled after it. Cleans up after itself in any state.
class Sink {
 public:
  virtual ~Sink() = default;

  virtual Output output() const = 0;

  /// Ends the stream: nothing more is sent. After the mode is done, with whatever success; any number of times.
  virtual void end() {}

  /// Ends the stream, releases the far end and waits until it has everything that was sent. Called once, after the mode
  /// is done.
  virtual Result<Arrival> settle() = 0;

  /// What is there, hashed now. Called after settle(), where that brought no digest.
  virtual Result<Digest> read_back(const DigestShape& shape, const Interrupt& interrupt) = 0;

  /// How the bytes are compared, in the words of the result document.
  virtual const char* how_verified() const = 0;

  /// Lets a far end go on that stalls on purpose (SocketOptions::fault). From any thread, any number of times.
  virtual void release() {}

  /// Bytes there so far. From any thread.
  virtual uint64_t bytes_so_far() const = 0;
};

struct SocketOptions {
  std::shared_ptr<const Laboratory> laboratory;  ///< whose two namespaces the ends are in; null: both on 127.0.0.1
  ReceiverKind receiver = ReceiverKind::kRead;
  std::string save_directory;  ///< of a receiver that saves: where its unnamed file is made
  uint64_t receiver_buffer_bytes = 0;
  std::optional<uint32_t> receiver_cpu;
  bool non_blocking = false;
  TcpShape tcp{};
  ReceiverFault fault{};
  std::optional<RemoteReceiver>
      remote;  ///< in place of a receiver thread; without a fault, and with a folder of its own
};

/// An unnamed file in `directory`.
Result<std::unique_ptr<Sink>> open_file_sink(const std::string& directory);

/// A fresh TCP connection, on 127.0.0.1 or through a laboratory, to a receiver thread that expects `bytes`. With a
/// `shape` they are to be verified: what the receiver sees it hashes, what it saves can be read back, and one that
/// would do neither reads instead.
Result<std::unique_ptr<Sink>> open_socket_sink(const SocketOptions& options, uint64_t bytes,
                                               std::optional<DigestShape> shape, Interrupt& interrupt);

/// The same to a receiver on another host, which hashes what it saved by itself. The bytes are there when this host
/// has heard so, half a round trip later than it was true.
Result<std::unique_ptr<Sink>> open_remote_sink(const SocketOptions& options, const RemoteReceiver& receiver,
                                               uint64_t bytes, std::optional<DigestShape> shape,
                                               const Interrupt& interrupt);

}  // namespace zcl
