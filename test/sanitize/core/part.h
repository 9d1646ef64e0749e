#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "core/registry.h"
#include "core/result.h"
#include "core/thread.h"
#include "measured_run.h"
#include "native/core/check.h"
#include "paths/source_set.h"
#include "run_request.h"

/// The driver of the core: does with it what the addon does, without Node, while a tool looks on.
namespace zcl::driver {

/// A mode on a path it is for.
struct Way {
  std::string mode;
  Path path;
};

/// What every part is told.
struct Setting {
  std::string directory;  ///< for files
  uint32_t seed;
  std::vector<Way> ways;  ///< all whose source is a file
};

/// Some of what the core can do. Ends the program where the core does not do it.
class Part : public Listed<Part> {
 public:
  using Play = void (*)(const Setting&);
  Part(const char* id, Play play) : Listed(id), play(play) {}

  const Play play;
};

/// A line on standard output.
void tell(const std::string& line);

/// "read-write to a file": for sentences.
std::string name_of(const Way& way);
std::string text_of(const Error& error);

/// Whether an error is what a kernel or a filesystem, or valgrind in its place, says where it does not do something.
bool is_refusal(const Error& error);

/// Whether an outcome is a success. A refusal is none, and told; any other error ends the program.
bool succeeds(const std::string& what, const Status& status);

template <class T>
bool succeeds(const std::string& what, const Result<T>& result) {
  return succeeds(what, result.ok() ? Status() : Status(result.error()));
}

constexpr uint64_t kBufferBytes = 65536;

/// A transfer of this way with nothing special about it.
RunRequest request_for(const Way& way, const Setting& setting);

/// A generated source.
SourceSet source_of(uint64_t bytes, const Setting& setting);

/// Whether the kernel's count of calls is to be had: not without rights, nor under valgrind.
bool counts_calls();

/// Whether all that arrived was compared with what was sent, and found to be the same.
bool is_intact(const Measurement& measurement);

/// Executes a run on a thread made for it, as node/task.cc does. Meanwhile the calling thread does something `beside`,
/// again and again until the run is over.
template <class Run, class Beside>
auto execute(Run& run, Beside beside) {
  std::optional<decltype(run.execute())> outcome;
  std::atomic<bool> is_over{false};
  Result<std::thread> thread = start_thread([&] {
    outcome = run.execute();
    is_over.store(true, std::memory_order_release);
  });
  CHECK(thread.ok());
  while (!is_over.load(std::memory_order_acquire)) beside();
  thread->join();
  return std::move(*outcome);
}

/// The same while somebody looks how far it is, as the page does.
template <class Run>
auto execute(Run& run) {
  return execute(run, [&] {
    static_cast<void>(run.bytes_so_far());
    std::this_thread::yield();
  });
}

}  // namespace zcl::driver
