#include "receiver/endpoint.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>

#include <cerrno>
#include <cstring>

namespace zcl {
namespace {

const sockaddr_in& v4(const sockaddr_storage& address) {
  return reinterpret_cast<const sockaddr_in&>(address);
}

const sockaddr_in6& v6(const sockaddr_storage& address) {
  return reinterpret_cast<const sockaddr_in6&>(address);
}

}  // namespace

Result<Endpoint> Endpoint::of(const std::string& address, uint16_t port) {
  Endpoint endpoint;
  auto& four = reinterpret_cast<sockaddr_in&>(endpoint.address_);
  if (inet_pton(AF_INET, address.c_str(), &four.sin_addr) == 1) {
    four.sin_family = AF_INET;
    four.sin_port = htons(port);
    endpoint.size_ = sizeof four;
    return endpoint;
  }
  auto& six = reinterpret_cast<sockaddr_in6&>(endpoint.address_);
  const size_t zone = address.find('%');
  if (inet_pton(AF_INET6, address.substr(0, zone).c_str(), &six.sin6_addr) != 1) {
    return bad_argument("“" + address + "” is not an IPv4 or IPv6 address in numbers.");
  }
  six.sin6_family = AF_INET6;
  six.sin6_port = htons(port);
  endpoint.size_ = sizeof six;
  if (zone != std::string::npos) {
    six.sin6_scope_id = if_nametoindex(address.c_str() + zone + 1);
    if (six.sin6_scope_id == 0) return system_error("if_nametoindex", ENODEV, address);
  }
  return endpoint;
}

Endpoint Endpoint::asked(Ask* ask, int socket) {
  Endpoint endpoint;
  if (ask(socket, reinterpret_cast<sockaddr*>(&endpoint.address_), &endpoint.size_) != 0) endpoint.address_ = {};
  const bool mapped = endpoint.family() == AF_INET6 && IN6_IS_ADDR_V4MAPPED(&v6(endpoint.address_).sin6_addr);
  return mapped ? endpoint.unmapped() : endpoint;
}

Endpoint Endpoint::unmapped() const {
  const sockaddr_in6& six = v6(address_);
  Endpoint endpoint;
  auto& four = reinterpret_cast<sockaddr_in&>(endpoint.address_);
  four.sin_family = AF_INET;
  four.sin_port = six.sin6_port;
  std::memcpy(&four.sin_addr, six.sin6_addr.s6_addr + sizeof(in6_addr) - sizeof(in_addr), sizeof(in_addr));
  endpoint.size_ = sizeof four;
  return endpoint;
}

Endpoint Endpoint::own(int socket) {
  return asked(getsockname, socket);
}

Endpoint Endpoint::of_peer(int socket) {
  return asked(getpeername, socket);
}

// In both structures at the same place (netinet/in.h).
uint16_t Endpoint::port() const {
  return ntohs(v4(address_).sin_port);
}

std::string Endpoint::host() const {
  char text[INET6_ADDRSTRLEN] = "";
  if (family() == AF_INET) {
    inet_ntop(AF_INET, &v4(address_).sin_addr, text, sizeof text);
    return text;
  }
  if (family() != AF_INET6) return "?";
  inet_ntop(AF_INET6, &v6(address_).sin6_addr, text, sizeof text);
  char name[IF_NAMESIZE] = "";
  const uint32_t zone = v6(address_).sin6_scope_id;
  if (zone == 0 || if_indextoname(zone, name) == nullptr) return text;
  return std::string(text) + "%" + name;
}

std::string Endpoint::text() const {
  const std::string port_text = ":" + std::to_string(port());
  return family() == AF_INET6 ? "[" + host() + "]" + port_text : host() + port_text;
}

bool Endpoint::is_loopback() const {
  if (family() == AF_INET) return ntohl(v4(address_).sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
  return family() == AF_INET6 && IN6_IS_ADDR_LOOPBACK(&v6(address_).sin6_addr);
}

}  // namespace zcl
