#pragma once

#include <sys/socket.h>

#include <cstdint>
#include <string>

#include "core/result.h"

namespace zcl {

/// Where a receiver listens, or who connected: an IPv4 or IPv6 address with a port.
class Endpoint {
 public:
  /// `address` in numbers: `192.0.2.1`, `2001:db8::1`, `fe80::1%eth0`. BAD_ARGUMENT for anything else, ENODEV for a zone
  /// that is no interface here.
  static Result<Endpoint> of(const std::string& address, uint16_t port);
  static Endpoint own(int socket);
  static Endpoint of_peer(int socket);

  int family() const { return address_.ss_family; }
  const sockaddr* address() const { return reinterpret_cast<const sockaddr*>(&address_); }
  socklen_t size() const { return size_; }
  uint16_t port() const;

  /// The address alone, in numbers.
  std::string host() const;

  /// `192.0.2.1:7411`, `[2001:db8::1]:7411`.
  std::string text() const;

  /// Whether nobody but this host reaches it.
  bool is_loopback() const;

 private:
  Endpoint() = default;
  using Ask = int(int, sockaddr*, socklen_t*);
  static Endpoint asked(Ask* ask, int socket);
  /// As IPv4 what is IPv4: so comes who finds a socket that listens at :: by IPv4 (ipv6(7)).
  Endpoint unmapped() const;

  sockaddr_storage address_{};
  socklen_t size_ = sizeof address_;
};

}  // namespace zcl
