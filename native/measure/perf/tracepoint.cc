#include "measure/perf/tracepoint.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>

#include "core/unique_fd.h"

// Since Linux 5.2, and with the same numbers everywhere; headers older than that lack them.
#ifndef SYS_fsopen
#define SYS_fsopen 430
#define SYS_fsconfig 431
#define SYS_fsmount 432
#endif

namespace zcl {
namespace {

// include/uapi/linux/mount.h; the C library's header of that name clashes with the kernel's.
constexpr int kFsopenCloexec = 1;
constexpr int kFsconfigCmdCreate = 6;
constexpr int kFsmountCloexec = 1;

constexpr char kUsualPlace[] = "/sys/kernel/tracing";
constexpr char kOlderPlace[] = "/sys/kernel/debug/tracing";

/// tracefs as a mount that is attached nowhere and goes with its descriptor.
UniqueFd detached_tracefs() {
  const UniqueFd context(static_cast<int>(syscall(SYS_fsopen, "tracefs", kFsopenCloexec)));
  if (!context || syscall(SYS_fsconfig, context.get(), kFsconfigCmdCreate, nullptr, nullptr, 0) != 0) return {};
  return UniqueFd(static_cast<int>(syscall(SYS_fsmount, context.get(), kFsmountCloexec, 0)));
}

Result<uint64_t> read_id(const UniqueFd& tracefs, const std::string& name) {
  const std::string path = "events/" + name + "/id";
  const UniqueFd file(openat(tracefs.get(), path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) return system_error("open", errno, kUsualPlace + ("/" + path));
  char digits[24] = "";
  if (read(file.get(), digits, sizeof digits - 1) <= 0) return system_error("read", errno, kUsualPlace + ("/" + path));
  return uint64_t{std::strtoull(digits, nullptr, 10)};
}

}  // namespace

Result<uint64_t> tracepoint_id(const char* name) {
  Result<uint64_t> usual = read_id(UniqueFd(open(kUsualPlace, O_PATH | O_DIRECTORY | O_CLOEXEC)), name);
  if (usual.ok()) return usual;
  if (Result<uint64_t> id = read_id(UniqueFd(open(kOlderPlace, O_PATH | O_DIRECTORY | O_CLOEXEC)), name); id.ok()) {
    return id;
  }
  if (const UniqueFd tracefs = detached_tracefs(); tracefs) {
    if (Result<uint64_t> id = read_id(tracefs, name); id.ok()) return id;
  }
  return usual;
}

}  // namespace zcl
