#include "core/network_namespace.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/socket.h>

#include <cerrno>
#include <functional>
#include <optional>

#include "core/thread.h"

namespace zcl {
namespace {

/// On a thread of its own, which enters a namespace and never comes back: so no thread that others use is ever left in
/// the wrong one, and no right over the namespace of the process is needed to return to it.
Result<UniqueFd> on_own_thread(const std::function<Result<UniqueFd>()>& work) {
  std::optional<Result<UniqueFd>> outcome;
  Result<std::thread> thread = start_thread([&] { outcome = work(); });
  if (!thread.ok()) return std::move(thread).error();
  thread->join();
  return std::move(*outcome);
}

}  // namespace

Result<NetworkNamespace> NetworkNamespace::make() {
  Result<UniqueFd> handle = on_own_thread([]() -> Result<UniqueFd> {
    if (unshare(CLONE_NEWNET) != 0) return system_error("unshare", errno);
    UniqueFd own(open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC));
    if (!own) return system_error("open", errno, "/proc/thread-self/ns/net");
    return own;
  });
  if (!handle.ok()) return std::move(handle).error();
  return NetworkNamespace(std::move(*handle));
}

Result<UniqueFd> NetworkNamespace::open_socket(int family, int type, int protocol) const {
  return on_own_thread([&]() -> Result<UniqueFd> {
    if (setns(handle_.get(), CLONE_NEWNET) != 0) return system_error("setns", errno);
    UniqueFd made(::socket(family, type, protocol));
    if (!made) return system_error("socket", errno);
    return made;
  });
}

}  // namespace zcl
