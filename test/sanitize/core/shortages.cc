// What is left when something runs out: descriptors, one fewer each time, so that every call that opens something
// fails once; and room on a small filesystem.

#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "exchange_run.h"
#include "run.h"
#include "sanitize/core/part.h"

namespace zcl::driver {
namespace {

constexpr uint64_t kBytes = 1 << 20;

/// While it lives, only so many more descriptors can be had.
class FewDescriptors {
 public:
  explicit FewDescriptors(int more) {
    CHECK(getrlimit(RLIMIT_NOFILE, &before_) == 0);
    // The lowest free number: all below it are taken.
    const int lowest = dup(STDIN_FILENO);
    CHECK(lowest >= 0);
    close(lowest);
    const rlimit few{static_cast<rlim_t>(lowest + more), before_.rlim_max};
    CHECK(setrlimit(RLIMIT_NOFILE, &few) == 0);
  }
  ~FewDescriptors() { setrlimit(RLIMIT_NOFILE, &before_); }
  FewDescriptors(const FewDescriptors&) = delete;
  FewDescriptors& operator=(const FewDescriptors&) = delete;

 private:
  rlimit before_{};
};

/// With more and more descriptors until it works.
/// @returns how often it failed
template <class Make>
uint64_t with_few_descriptors(const std::string& what, Make make) {
  constexpr int kEnough = 80;
  for (int more = 0; more < kEnough; ++more) {
    const FewDescriptors few(more);
    auto run = make();
    const Result<Measurement> outcome = execute(run);
    if (outcome.ok() || is_refusal(outcome.error())) return static_cast<uint64_t>(more);
    // Where one end runs out, the other may only see that it is gone.
    const std::string& code = outcome.error().code;
    if (code == "EMFILE" || code == "ECONNABORTED" || code == "ECONNRESET" || code == "EPIPE") continue;
    tell(what + ": " + text_of(outcome.error()));
    CHECK(code == "EMFILE");
  }
  tell(what + " does not come by with " + std::to_string(kEnough) + " descriptors");
  CHECK(false);
}

void descriptors(const Setting& setting) {
  uint64_t failures = 0;
  const SourceSet source = source_of(kBytes, setting);
  for (const Way& way : setting.ways) {
    RunRequest request = request_for(way, setting);
    if (way.path == Path::kFileToSocket) request.socket.receiver = ReceiverKind::kSaveSplice;
    request.verify = true;
    failures += with_few_descriptors(name_of(way), [&] { return Run(source, request); });
    if (way.path == Path::kFileToFile) continue;
    request.streams = 2;
    failures += with_few_descriptors(name_of(way) + " in two streams", [&] { return Run(source, request); });
  }
  for (const std::string& mode : exchange_ids()) {
    failures += with_few_descriptors(mode, [&] {
      ExchangeRequest request{mode, kBytes, setting.seed, kBufferBytes, PeerKind::kThread, {}, {}, {}, true};
        return ExchangeRun(std::move(request));
    });
  }
  tell(std::to_string(failures) + " transfers without a descriptor for something");
}

/// A filesystem in memory that ends with its namespace, which is this process's own.
std::optional<std::string> small_filesystem(const Setting& setting) {
  const std::string folder = setting.directory + "/small";
  CHECK(mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST);
  const bool mounted = unshare(CLONE_NEWNS) == 0 && mount("", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
                       mount("small", folder.c_str(), "tmpfs", 0, "size=512k") == 0;
  if (mounted) return folder;
  tell("refused: a small filesystem: " + text_of(system_error("mount", errno)));
  return {};
}

void room(const Setting& setting) {
  const std::optional<std::string> folder = small_filesystem(setting);
  if (!folder) return;
  uint64_t full = 0;
  const SourceSet source = source_of(4 * kBytes, setting);
  for (const Way& way : setting.ways) {
    RunRequest request = request_for(way, setting);
    request.directory = *folder;
    request.socket.save_directory = *folder;
    request.socket.receiver = ReceiverKind::kSave;
    Run run(source, request);
    const Result<Measurement> outcome = execute(run);
    CHECK(!outcome.ok());
    const std::string& code = outcome.error().code;
    const bool is_from_elsewhere = code == "EXDEV" || code == "EINVAL";  // copied within a filesystem only
    if (!is_from_elsewhere && !is_refusal(outcome.error()) && code != "ENOSPC") tell(name_of(way) + ": " + text_of(outcome.error()));
    if (code == "ENOSPC") ++full;
  }
  tell(std::to_string(full) + " transfers into a filesystem that is full");
  CHECK(full > 0);
  CHECK(umount(folder->c_str()) == 0);
}

void play(const Setting& setting) {
  descriptors(setting);
  room(setting);
}

const Part kPart("shortages", play);

}  // namespace
}  // namespace zcl::driver
