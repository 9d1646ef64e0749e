#pragma once

#include "core/result.h"
#include "core/unique_fd.h"

namespace zcl {

/// A network namespace without a name, of this process alone: it is gone with the last descriptor and socket that holds
/// it, however the process ends (network_namespaces(7)). Nothing is entered into /run/netns.
class NetworkNamespace {
 public:
  /// EPERM without CAP_SYS_ADMIN, ENOSPC where user.max_net_namespaces are in use.
  static Result<NetworkNamespace> make();

  /// A socket that belongs to this namespace, whoever uses it: what counts is where it was made (socket(2) itself).
  Result<UniqueFd> open_socket(int family, int type, int protocol = 0) const;

  /// What holds it. Borrowed.
  int handle() const { return handle_.get(); }

 private:
  explicit NetworkNamespace(UniqueFd handle) : handle_(std::move(handle)) {}

  UniqueFd handle_;
};

}  // namespace zcl
