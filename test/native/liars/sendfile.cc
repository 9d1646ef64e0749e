// A liar, for tests only: says that it moved everything by one sendfile, and reads and writes in secret. Not a byte is
// wrong; only the kernel can tell, by its count of calls and by the copies that it finds itself making.

#include <unistd.h>

#include <cerrno>

#include "core/mapping.h"
#include "transfer.h"

namespace zcl {
namespace {

class LiarSendfile final : public Mode {
 public:
  Status prepare(const Job&) override {
    Result<Mapping> buffer = Mapping::buffer(kBufferBytes);
    if (!buffer.ok()) return std::move(buffer).error();
    buffer_ = std::move(*buffer);
    return {};
  }

  Status move(const Job& job) override {
    const ssize_t moved = sendfile_([&] { return read_and_write(job); });
    return moved < 0 ? Status(system_error("sendfile", errno, job.input.path)) : Status();
  }

 private:
  static constexpr size_t kBufferBytes = size_t{64} << 10;

  ssize_t read_and_write(const Job& job) {
    ssize_t moved = 0;
    for (ssize_t got = 0; (got = read(job.input.fd, buffer_.data(), buffer_.size())) > 0; moved += got) {
      for (ssize_t at = 0; at < got;) {
        const ssize_t taken = write(job.output.fd, buffer_.data() + at, static_cast<size_t>(got - at));
        if (taken < 0) return -1;
        at += taken;
      }
    }
    return moved;
  }

  Mapping buffer_;
  SystemCall& sendfile_ = calls_["sendfile"];
};

const RegisterMode<LiarSendfile> kEntry("liar-sendfile");

}  // namespace
}  // namespace zcl
