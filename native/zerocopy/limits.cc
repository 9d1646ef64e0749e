#include "zerocopy/limits.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>

#include "core/unique_fd.h"

namespace zcl {
namespace {

/// More than the kernel charges for the one notification of a send: an empty socket buffer, 576 bytes on x86-64
/// (sock_omalloc in net/core/sock.c).
constexpr uint64_t kOneNotification = 1024;

/// net.core.optmem_max of this network namespace; nothing where it cannot be read.
std::optional<uint64_t> optmem_max() {
  const UniqueFd file(open("/proc/sys/net/core/optmem_max", O_RDONLY | O_CLOEXEC));
  char text[32] = "";
  if (!file || read(file.get(), text, sizeof text - 1) <= 0) return {};
  return std::strtoull(text, nullptr, 10);
}

std::string locked_memory() {
  rlimit limit{};
  if (getrlimit(RLIMIT_MEMLOCK, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return "no limit";
  return std::to_string(limit.rlim_cur / 1024) + " KiB";
}

}  // namespace

// The kernel gives one errno for both (msg_zerocopy_realloc in net/core/skbuff.c), so the one that can be read decides.
Error no_room_to_send(size_t bytes) {
  const std::optional<uint64_t> optmem = optmem_max();
  if (optmem && *optmem < kOneNotification) {
    return {"ENOBUFS",
            "send",
            "net.core.optmem_max is " + std::to_string(*optmem) +
                " bytes, too few to report a single zero-copy send. Raise it; the kernel's default is 131072.",
            {}};
  }
  // All programs of the user share it, and a send may touch two pages more than it has (mm_account_pinned_pages).
  return {"ENOBUFS",
          "send",
          "RLIMIT_MEMLOCK (ulimit -l) does not let this user pin the " + std::to_string(bytes) +
              " bytes of a zero-copy send; it is " + locked_memory() + ". Raise it, or choose a smaller buffer.",
          {}};
}

}  // namespace zcl
