// read: into a buffer, as every program does. One copy.

#include <sys/socket.h>

#include "core/mapping.h"
#include "receiver/takers/takers.h"

namespace zcl {
namespace {

class Read final : public SeeingTaker {
 public:
  using SeeingTaker::SeeingTaker;

  Status prepare(int) override {
    Result<Mapping> buffer = Mapping::buffer(options_.useful_buffer_bytes());
    if (!buffer.ok()) return std::move(buffer).error();
    buffer_ = std::move(*buffer);
    return {};
  }

  Result<uint64_t> take(int socket) override {
    Result<uint64_t> got = recv_([&] { return recv(socket, buffer_.data(), buffer_.size(), 0); });
    if (got.ok()) see(buffer_.data(), *got);
    return got;
  }

 private:
  Mapping buffer_;
  Call recv_ = call("recv");
};

}  // namespace

std::unique_ptr<Taker> make_read(const ReceiveOptions& options, const Interrupt& interrupt) {
  return std::make_unique<Read>(options, interrupt);
}

}  // namespace zcl
