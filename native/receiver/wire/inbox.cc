#include "receiver/wire/inbox.h"

#include <sys/socket.h>

#include <cerrno>

namespace zcl::wire {

Result<std::optional<Message>> Inbox::look(int socket) {
  for (;;) {
    const ssize_t got = recv(socket, bytes_.data() + filled_, wanted_ - filled_, MSG_DONTWAIT);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && errno == EAGAIN) return std::optional<Message>();
    if (got <= 0) return system_error("recv", got == 0 ? ECONNABORTED : errno);
    filled_ += static_cast<size_t>(got);
    if (filled_ < wanted_) continue;
    Parsed parsed = parse(bytes_.data(), filled_);
    if (parsed.what == Parsed::What::kMalformed) return Error{"EPROTO", "recv", parsed.complaint, {}};
    if (parsed.what == Parsed::What::kIncomplete) {
      wanted_ = parsed.bytes;
      continue;
    }
    filled_ = 0;
    wanted_ = kHeaderBytes;
    return std::optional<Message>(std::move(parsed.message));
  }
}

}  // namespace zcl::wire
