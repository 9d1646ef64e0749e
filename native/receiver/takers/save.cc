// save: into a buffer and on to a file, as a plain file server does. Two copies.

#include <sys/socket.h>
#include <unistd.h>

#include "core/mapping.h"
#include "receiver/takers/takers.h"

namespace zcl {
namespace {

class Save final : public CallingTaker {
 public:
  using CallingTaker::CallingTaker;

  Status prepare(int) override {
    Result<Mapping> buffer = Mapping::buffer(options_.useful_buffer_bytes());
    if (!buffer.ok()) return std::move(buffer).error();
    buffer_ = std::move(*buffer);
    return {};
  }

  Result<uint64_t> take(int socket) override {
    Result<uint64_t> got = recv_([&] { return recv(socket, buffer_.data(), buffer_.size(), 0); });
    if (!got.ok()) return got;
    for (uint64_t saved = 0; saved < *got;) {
      const Result<uint64_t> taken =
          write_([&] { return write(options_.save_file, buffer_.data() + saved, *got - saved); });
      if (!taken.ok()) return taken.error();
      saved += *taken;
    }
    return got;
  }

 private:
  Mapping buffer_;
  Call recv_ = call("recv");
  Call write_ = call("write", options_.save_directory);
};

}  // namespace

std::unique_ptr<Taker> make_save(const ReceiveOptions& options, const Interrupt& interrupt) {
  return std::make_unique<Save>(options, interrupt);
}

}  // namespace zcl
