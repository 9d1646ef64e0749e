// discard: MSG_TRUNC has TCP drop the bytes in the kernel (tcp(7)). No copy, and no buffer.

#include <sys/socket.h>

#include "receiver/takers/takers.h"

namespace zcl {
namespace {

class Discard final : public CallingTaker {
 public:
  using CallingTaker::CallingTaker;

  Status prepare(int) override { return {}; }

  Result<uint64_t> take(int socket) override {
    return recv_([&] { return recv(socket, nullptr, options_.buffer_bytes, MSG_TRUNC); });
  }

 private:
  Call recv_ = call("recv");
};

}  // namespace

std::unique_ptr<Taker> make_discard(const ReceiveOptions& options, const Interrupt& interrupt) {
  return std::make_unique<Discard>(options, interrupt);
}

}  // namespace zcl
