#pragma once

#include <netinet/in.h>

namespace zcl {

class NetworkNamespace;

/// Where a sender and a receiver of this process meet: an address of the receiver's, and the network namespaces their
/// sockets belong to; null is that of the process. All is borrowed.
struct Meeting {
  in_addr address;
  const NetworkNamespace* sender = nullptr;
  const NetworkNamespace* receiver = nullptr;
};

/// On 127.0.0.1, and never on another interface.
inline Meeting on_loopback() {
  return {{htonl(INADDR_LOOPBACK)}};
}

}  // namespace zcl
