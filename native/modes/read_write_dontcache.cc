// read-write-dontcache: read and write through the page cache, which drops the pages as soon as they have served.

#include <sys/uio.h>

#include <algorithm>
#include <cerrno>

#include "core/counted.h"
#include "core/mapping.h"
#include "output_loop.h"
#include "transfer.h"

// Linux 6.14 (include/uapi/linux/fs.h). Older kernels, and filesystems that have not learned it, say EOPNOTSUPP.
#ifndef RWF_DONTCACHE
#define RWF_DONTCACHE 0x00000080
#endif

namespace zcl {
namespace {

constexpr off_t kOwnOffset = -1;  // the file's own position, which advances

class ReadWriteDontcache final : public Mode {
 public:
  Status prepare(const Job& job) override {
    Result<Mapping> buffer = map_buffer(std::min(job.buffer_bytes, job.input.bytes), calls_);
    if (!buffer.ok()) return std::move(buffer).error();
    buffer_ = std::move(*buffer);
    return {};
  }

  Status move(const Job& job) override {
    uint64_t rest = job.input.bytes;
    while (rest > 0) {
      if (!job.proceed(job.input.bytes - rest)) return cancelled("preadv2");
      const iovec place{buffer_.data(), std::min<uint64_t>(rest, buffer_.size())};
      const ssize_t got = read_([&] { return preadv2(job.input.fd, &place, 1, kOwnOffset, RWF_DONTCACHE); });
      if (got == 0) return short_source("preadv2", job.input.path);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return system_error("preadv2", errno, job.input.path);
      if (Status status = write_all(job, {buffer_.data(), static_cast<size_t>(got)}); !status.ok()) return status;
      rest -= static_cast<uint64_t>(got);
    }
    return {};
  }

  void finish() override { unmap(buffer_, calls_); }

 private:
  Status write_all(const Job& job, iovec data) {
    while (data.iov_len > 0) {
      const ssize_t taken = write_([&] { return pwritev2(job.output.fd, &data, 1, kOwnOffset, RWF_DONTCACHE); });
      if (taken >= 0) {
        data.iov_base = static_cast<std::byte*>(data.iov_base) + taken;
        data.iov_len -= static_cast<size_t>(taken);
      } else if (Status status = output_.ride_out(job, "pwritev2", errno); !status.ok()) {
        return status;
      }
    }
    return {};
  }

  Mapping buffer_;
  SystemCall& read_ = calls_["preadv2"];
  SystemCall& write_ = calls_["pwritev2"];
  OutputLoop output_{calls_};
};

const RegisterMode<ReadWriteDontcache> kEntry("read-write-dontcache");

}  // namespace
}  // namespace zcl
