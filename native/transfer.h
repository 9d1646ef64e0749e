#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/interrupt.h"
#include "core/registry.h"
#include "core/result.h"
#include "measure/calls.h"

namespace zcl {

/// The kernel's MAX_RW_COUNT: no read, write, sendfile or splice moves more in one call (read(2), NOTES).
constexpr uint64_t kMaxBytesPerCall = 0x7ffff000;

/// Where a mode takes the bytes from: a regular file of its own open file description, at `begin`.
struct Input {
  int fd;  ///< borrowed
  uint64_t bytes;
  const std::string& path;  ///< for errors
  uint64_t begin = 0;       ///< of a range of the file: a multiple of the page size

  off_t offset() const { return static_cast<off_t>(begin); }
  uint64_t end() const { return begin + bytes; }
};

/// Where a mode puts the bytes: something to write into from its start, whatever the path. May be non-blocking.
struct Output {
  int fd;                   ///< borrowed
  const std::string& path;  ///< for errors; empty where there is none
};

/// What a case may set beside the buffer. A mode reads those its descriptor names and ignores the others.
struct ModeOptions {
  /// Wanted size of the mode's own pipe; nothing: as large as the buffer, from 64 KiB to 1 MiB.
  std::optional<uint64_t> pipe_bytes;
  /// Requests an io_uring mode keeps under way, or buffers a MSG_ZEROCOPY mode goes round in. 1 to 1024.
  uint32_t queue_depth = 8;
  /// To a socket: every call but the last says that more is to come (MSG_MORE, SPLICE_F_MORE).
  bool more = false;
};

/// Something that happens at one byte of a transfer, such as a hazard, or from there on, such as being kept to a pace.
class Moment {
 public:
  virtual ~Moment() = default;
  /// On the transfer thread, before the chunk that begins at or behind that byte; from then on before every chunk.
  virtual void reached(uint64_t moved) = 0;
};

/// What one transfer is asked to do.
struct Job {
  Input input;
  Output output;
  uint64_t buffer_bytes;  ///< bytes per call of a buffer mode, 1 to 2^30; whole-transfer modes ignore it
  const Interrupt& interrupt;
  ModeOptions options{};
  uint64_t moment_at = UINT64_MAX;
  Moment* moment = nullptr;
  std::optional<uint64_t> bytes_per_second{};  ///< what `moment` keeps the transfer to, if it does

  bool cancelled() const { return interrupt.requested(); }

  /// Whether the output is to be told that bytes follow those that end at `moved`.
  bool more_behind(uint64_t moved) const { return options.more && moved < input.bytes; }

  /// To be asked before every chunk, with the bytes moved so far: whether to go on. One comparison and one relaxed
  /// load.
  bool proceed(uint64_t moved) const {
    if (moved >= moment_at) moment->reached(moved);
    return !interrupt.requested();
  }
};

/// What became of sends that asked the kernel not to copy: calls, not bytes.
struct ZerocopyCount {
  uint64_t sent = 0;
  uint64_t completed = 0;
  uint64_t copied = 0;  ///< completions that said the kernel copied after all
};

/// Something a mode found out or had to do differently, by a name of native/addon.d.ts.
struct Observation {
  const char* name;
  uint64_t value;
};

/// One way of moving bytes. An object serves one transfer: prepare, move, finish, in this order, on one thread; where a
/// transfer is of many inputs, so for each of them, to an output of its own or all to the same. To a socket it may be
/// asked to move several times between the two: parts of the input it was prepared for. Every call is made by way of
/// `calls_`, those of the set-up too.
///
/// A mode lives in one file of native/modes/ and enters itself with a `RegisterMode`; no other file names it.
/// It must cope with short counts, EINTR, EAGAIN on the output, inputs above `kMaxBytesPerCall` and inputs of no
/// bytes (then it makes no call at all), and must ask `Job::proceed()` before every chunk.
class Mode {
 public:
  Mode() = default;
  virtual ~Mode() = default;
  Mode(const Mode&) = delete;
  Mode& operator=(const Mode&) = delete;

  /// Set-up outside of the timed window: buffers, pipes, rings.
  virtual Status prepare(const Job&) { return {}; }

  /// Moves every byte of the input, and returns when the output has taken the last one and mappings made on the way
  /// are gone. This is the timed window: nothing but the mode's own system calls, and one relaxed load per chunk.
  virtual Status move(const Job&) = 0;

  /// What is to be found out about the output, which has everything. Outside of the window, and not for every input
  /// where there are many.
  virtual void look_at_output(const Job&) {}

  /// Frees what prepare() made, outside of the timed window; also called after move() failed.
  virtual void finish() {}

  /// All calls made since the window began.
  CallCounter& calls() { return calls_; }

  /// Asked after move(); nothing for modes that do not ask for zero-copy sends.
  const std::optional<ZerocopyCount>& zerocopy() const { return zerocopy_; }

  /// Asked after finish().
  const std::vector<Observation>& observations() const { return observations_; }

 protected:
  /// What a call may be asked for that has no buffer to bound it: all, or, so that it can be kept to a pace, about 5 ms
  /// worth, in whole pages and never less than 64 KiB, which is then observed.
  uint64_t most_bytes_per_call(const Job& job);

  /// Of many inputs the last one's value stays.
  void observe(const char* name, uint64_t value) { observation(name) = value; }

  /// Of many inputs the values are added up.
  void observe_more(const char* name, uint64_t value) { observation(name) += value; }

  CallCounter calls_;
  std::optional<ZerocopyCount> zerocopy_;

 private:
  uint64_t& observation(const char* name);

  std::vector<Observation> observations_;
};

using ModeFactory = std::unique_ptr<Mode> (*)();

/// Enters a mode into the list: `static const RegisterMode<ReadWrite> kEntry("read-write");`
class ModeEntry : public Listed<ModeEntry> {
 public:
  ModeEntry(const char* id, ModeFactory make) : Listed(id), make(make) {}

  const ModeFactory make;
};

template <class M>
class RegisterMode : ModeEntry {
 public:
  explicit RegisterMode(const char* id)
      : ModeEntry(id, []() -> std::unique_ptr<Mode> { return std::make_unique<M>(); }) {}
};

/// Ids of the modes compiled in, sorted.
std::vector<std::string> mode_ids();

/// A fresh mode, or null where there is none of that id.
std::unique_ptr<Mode> make_mode(const std::string& id);

}  // namespace zcl
