#include "receiver/handshake.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <vector>

#include "core/network_namespace.h"
#include "receiver/deadline.h"

namespace zcl {
namespace {

constexpr char kWelcome = 'r';

sockaddr_in endpoint(in_addr host, uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr = host;
  return address;
}

/// Non-blocking: so accept never waits for a guest who left again, and connect for nobody.
Result<UniqueFd> tcp_socket(const NetworkNamespace* space) {
  constexpr int kType = SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK;
  if (space != nullptr) return space->open_socket(AF_INET, kType);
  UniqueFd made(socket(AF_INET, kType, 0));
  if (!made) return system_error("socket", errno);
  return made;
}

/// Someone who connected and has not shown the whole token yet.
struct Guest {
  UniqueFd socket;
  Token shown{};
  size_t bytes = 0;

  enum class Look { kWaiting, kWelcome, kRefused };

  Look look(const Token& token) {
    const ssize_t got = recv(socket.get(), shown.data() + bytes, shown.size() - bytes, MSG_DONTWAIT);
    if (got < 0) return errno == EAGAIN || errno == EINTR ? Look::kWaiting : Look::kRefused;
    bytes += static_cast<size_t>(got);
    if (got == 0 || !std::equal(shown.begin(), shown.begin() + static_cast<long>(bytes), token.begin())) {
      return Look::kRefused;
    }
    return bytes == shown.size() ? Look::kWelcome : Look::kWaiting;
  }
};

bool has_no_room(int error) {
  return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM;
}

/// Those who wait at the door. The oldest must leave when it gets crowded; the sender shows its token at once.
class Door {
 public:
  explicit Door(int listener) : listener_(listener) {}

  Status wait(const Deadline& deadline, const Interrupt& interrupt) {
    std::vector<pollfd> waits{{listener_, POLLIN, 0}};
    for (const Guest& guest : guests_) waits.push_back({guest.socket.get(), POLLIN, 0});
    return deadline.wait(waits.data(), waits.size(), "accept", interrupt);
  }

  // Most errors are a guest's, who left again (accept(2)); no room in this house is not, and would stay.
  Status let_in() {
    UniqueFd socket(accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC));
    if (!socket) return has_no_room(errno) ? Status(system_error("accept", errno)) : Status();
    if (guests_.size() == kMostGuests) guests_.erase(guests_.begin());
    guests_.push_back({std::move(socket), {}, 0});
    return {};
  }

  UniqueFd find(const Token& token) {
    for (auto guest = guests_.begin(); guest != guests_.end();) {
      const Guest::Look look = guest->look(token);
      if (look == Guest::Look::kWelcome) return std::move(guest->socket);
      guest = look == Guest::Look::kRefused ? guests_.erase(guest) : guest + 1;
    }
    return {};
  }

 private:
  static constexpr size_t kMostGuests = 16;
  const int listener_;
  std::vector<Guest> guests_;
};

}  // namespace

Result<Listener> listen_at(const Meeting& meeting) {
  Result<UniqueFd> listener = tcp_socket(meeting.receiver);
  if (!listener.ok()) return std::move(listener).error();
  sockaddr_in address = endpoint(meeting.address, 0);
  socklen_t size = sizeof address;
  if (bind(listener->get(), reinterpret_cast<sockaddr*>(&address), size) != 0) return system_error("bind", errno);
  if (listen(listener->get(), SOMAXCONN) != 0) return system_error("listen", errno);
  if (getsockname(listener->get(), reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    return system_error("getsockname", errno);
  }
  return Listener{std::move(*listener), ntohs(address.sin_port)};
}

Result<UniqueFd> connect_and_show(const Meeting& meeting, uint16_t port, const Token& token, const Prepare& prepare,
                                  const Interrupt& interrupt) {
  Result<UniqueFd> sender = tcp_socket(meeting.sender);
  if (!sender.ok()) return sender;
  const int socket = sender->get();
  if (Status status = prepare(socket); !status.ok()) return std::move(status).error();
  const sockaddr_in address = endpoint(meeting.address, port);
  Status connected = connect_within(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address, interrupt);
  if (!connected.ok()) return std::move(connected).error();
  if (send(socket, token.data(), token.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(token.size())) {
    return system_error("send", errno);
  }
  if (fcntl(socket, F_SETFL, 0) != 0) return system_error("fcntl", errno);
  return sender;
}

Status await_welcome(int socket, const Interrupt& interrupt) {
  const Deadline deadline;
  for (;;) {
    pollfd answer{socket, POLLIN, 0};
    if (Status status = deadline.wait(&answer, 1, "connect", interrupt); !status.ok()) return status;
    char byte = 0;
    const ssize_t got = recv(socket, &byte, 1, MSG_DONTWAIT);
    if (got == 1 && byte == kWelcome) return {};
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    return system_error("connect", got < 0 ? errno : ECONNABORTED);
  }
}

Result<UniqueFd> accept_token(const Listener& listener, const Token& token, const Interrupt& interrupt) {
  const Deadline deadline;
  Door door(listener.socket.get());
  for (;;) {
    if (Status status = door.wait(deadline, interrupt); !status.ok()) return std::move(status).error();
    if (Status status = door.let_in(); !status.ok()) return std::move(status).error();
    if (UniqueFd sender = door.find(token)) return sender;
  }
}

Status welcome(int socket) {
  if (send(socket, &kWelcome, 1, MSG_NOSIGNAL) == 1) return {};
  return system_error("send", errno);
}

}  // namespace zcl
