#include "core/wire.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace zcl {
namespace {

void must(bool done, const char* what) {
  if (done) return;
  std::perror(what);
  std::exit(2);
}

void command(const std::string& line) {
  must(std::system(line.c_str()) == 0, line.c_str());
}

UniqueFd this_namespace() {
  UniqueFd file(open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC));
  must(static_cast<bool>(file), "/proc/self/ns/net");
  return file;
}

void enter(const UniqueFd& space) {
  must(setns(space.get(), CLONE_NEWNET) == 0, "setns");
}

/// As `ethtool -K DEV sg off`.
void switch_off_scatter_gather(const char* device) {
  ethtool_value setting{ETHTOOL_SSG, 0};
  ifreq request{};
  std::strncpy(request.ifr_name, device, sizeof request.ifr_name - 1);
  request.ifr_data = reinterpret_cast<char*>(&setting);
  const UniqueFd any(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  must(ioctl(any.get(), SIOCETHTOOL, &request) == 0, "ETHTOOL_SSG");
  setting = {ETHTOOL_GSG, 0};
  must(ioctl(any.get(), SIOCETHTOOL, &request) == 0 && setting.data == 0, "ETHTOOL_GSG");
}

UniqueFd stream_socket() {
  UniqueFd made(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  must(static_cast<bool>(made), "socket");
  return made;
}

// What it accepts has its receive buffer.
UniqueFd listen_on(sockaddr_in& address, int receive_buffer_bytes) {
  UniqueFd listener = stream_socket();
  if (receive_buffer_bytes > 0) {
    must(setsockopt(listener.get(), SOL_SOCKET, SO_RCVBUF, &receive_buffer_bytes, sizeof(int)) == 0, "SO_RCVBUF");
  }
  socklen_t size = sizeof address;
  auto* any = reinterpret_cast<sockaddr*>(&address);
  must(bind(listener.get(), any, size) == 0 && listen(listener.get(), 1) == 0, "listen");
  must(getsockname(listener.get(), any, &size) == 0, "getsockname");
  return listener;
}

sockaddr_in address_of(const char* text) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  inet_pton(AF_INET, text, &address.sin_addr);
  return address;
}

UniqueFd connected_to(const sockaddr_in& address) {
  UniqueFd made = stream_socket();
  must(connect(made.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0, "connect");
  return made;
}

Ends join(const UniqueFd& listener, const sockaddr_in& address) {
  Ends ends;
  ends.sender = connected_to(address);
  ends.receiver = UniqueFd(accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
  must(static_cast<bool>(ends.receiver), "accept4");
  return ends;
}

Ends connect_over_loopback(int receive_buffer_bytes) {
  command("ip link set lo up");
  sockaddr_in address = address_of("127.0.0.1");
  return join(listen_on(address, receive_buffer_bytes), address);
}

Ends connect_over_veth(int receive_buffer_bytes) {
  // A socket stays in the namespace it was made in; a namespace lasts as long as something in it does.
  const UniqueFd here = this_namespace();
  must(unshare(CLONE_NEWNET) == 0, "unshare");
  const UniqueFd there = this_namespace();

  enter(here);
  const std::string other = "/proc/" + std::to_string(getpid()) + "/fd/" + std::to_string(there.get());
  command("ip link add name zcl-here type veth peer name zcl-there netns " + other);
  command("ip addr add 192.0.2.1/24 dev zcl-here");
  command("ip link set zcl-here up");

  enter(there);
  command("ip addr add 192.0.2.2/24 dev zcl-there");
  command("ip link set zcl-there up");
  sockaddr_in address = address_of("192.0.2.2");
  const UniqueFd listener = listen_on(address, receive_buffer_bytes);

  enter(here);
  return join(listener, address);
}

Ends connect_elsewhere(const std::string& place) {
  const size_t colon = place.find(':');
  must(colon != std::string::npos, place.c_str());
  sockaddr_in address = address_of(place.substr(0, colon).c_str());
  address.sin_port = htons(static_cast<uint16_t>(std::stoi(place.substr(colon + 1))));
  return {connected_to(address), {}};
}

}  // namespace

Ends connect_over(const std::string& wire, int receive_buffer_bytes) {
  if (wire == "loopback") return connect_over_loopback(receive_buffer_bytes);
  if (wire.find(':') != std::string::npos) return connect_elsewhere(wire);
  Ends ends = connect_over_veth(receive_buffer_bytes);
  if (wire == "veth-without-sg") switch_off_scatter_gather("zcl-here");
  // One packet at once, and the next in minutes.
  if (wire == "veth-held") command("tc qdisc add dev zcl-here root tbf rate 64bit burst 1600 latency 10000s");
  return ends;
}

}  // namespace zcl
