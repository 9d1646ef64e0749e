// mmap-mmap: both files are memory, and the program itself copies. No call per chunk, but faults on both sides.

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "core/bus_guard.h"
#include "core/mapping.h"
#include "output_loop.h"
#include "transfer.h"

namespace zcl {
namespace {

class MmapMmap final : public Mode {
 public:
  // Sizing, mapping, faults and unmapping are the price of this mode, so they all lie in the window.
  Status move(const Job& job) override {
    if (job.input.bytes == 0) return {};
    if (Status status = size_destination(job); !status.ok()) return status;
    ++mmaps_;
    Result<Mapping> from = Mapping::of_file(job.input.fd, job.input.bytes);
    if (!from.ok()) return std::move(from).error();
    ++mmaps_;
    Result<Mapping> to = Mapping::writable(job.output.fd, job.input.bytes);
    if (!to.ok()) return std::move(to).error();
    Status status = copy(job, *from, *to);
    munmaps_ += 2;
    to->unmap();
    from->unmap();
    return status;
  }

 private:
  Status size_destination(const Job& job) {
    do {
      ++ftruncates_;
      if (ftruncate64(job.output.fd, static_cast<off64_t>(job.input.bytes)) == 0) return {};
      if (Status status = output_.ride_out(job, "ftruncate", errno); !status.ok()) return status;
    } while (true);
  }

  static Status copy(const Job& job, const Mapping& from, const Mapping& to) {
    const BusGuard reading(from);
    const BusGuard writing(to);
    for (size_t at = 0; at < from.size();) {
      if (!job.proceed(at)) return cancelled("memcpy");
      const size_t chunk = std::min<uint64_t>(from.size() - at, job.buffer_bytes);
      std::memcpy(to.data() + at, from.data() + at, chunk);
      if (reading.fault()) return explain_read(job, *reading.fault());
      if (writing.fault()) return explain_write(job, *writing.fault());
      at += chunk;
    }
    return {};
  }

  // A fault has no errno. A call for the same byte has one: EIO of a broken disk, ENOSPC or EDQUOT of a full one.

  static Error explain_read(const Job& job, size_t at) {
    std::byte byte{};
    if (pread64(job.input.fd, &byte, 1, static_cast<off64_t>(at)) < 0) {
      return system_error("memcpy", errno, job.input.path);
    }
    return {"SIGBUS", "memcpy",
            "The source was cut short while it was mapped, and reading behind its end raised SIGBUS.", job.input.path};
  }

  static Error explain_write(const Job& job, size_t at) {
    const std::byte byte{};
    if (pwrite64(job.output.fd, &byte, 1, static_cast<off64_t>(at)) < 0) {
      return system_error("memcpy", errno, job.output.path);
    }
    return {"SIGBUS", "memcpy", "The system could not give a page of the destination, and writing to it raised SIGBUS.",
            job.output.path};
  }

  uint64_t& ftruncates_ = calls_["ftruncate"];
  uint64_t& mmaps_ = calls_["mmap"];
  uint64_t& munmaps_ = calls_["munmap"];
  OutputLoop output_{calls_};
};

const RegisterMode<MmapMmap> kEntry("mmap-mmap");

}  // namespace
}  // namespace zcl
