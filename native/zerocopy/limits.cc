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

/// Soft limit in bytes, RLIM_INFINITY for none.
rlim_t memlock() {
  rlimit limit{};
  return getrlimit(RLIMIT_MEMLOCK, &limit) == 0 ? limit.rlim_cur : RLIM_INFINITY;
}

}  // namespace

// The kernel gives one errno for both (msg_zerocopy_realloc in net/core/skbuff.c), so what they are set to decides.
Error no_room_to_send(size_t bytes) {
  const std::optional<uint64_t> optmem = optmem_max();
  const rlim_t pinnable = memlock();
  if (pinnable == RLIM_INFINITY || (optmem && *optmem < kOneNotification)) {
    const std::string now = optmem ? std::to_string(*optmem) + " bytes" : "unknown";
    const char* rest = ": too little to report a single zero-copy send; the kernel's default is 131072 bytes.";
    return {"ENOBUFS", "send", "net.core.optmem_max is " + now + rest, {}};
  }
  // A send is charged two pages more than its bytes fill (mm_account_pinned_pages).
  const std::string now = std::to_string(pinnable / 1024) + " KiB for all programs of this user";
  const std::string needed = std::to_string(bytes) + " bytes of a zero-copy send.";
  return {"ENOBUFS", "send", "RLIMIT_MEMLOCK (ulimit -l) is " + now + ": too little to pin the " + needed, {}};
}

}  // namespace zcl
