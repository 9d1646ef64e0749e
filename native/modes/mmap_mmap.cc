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
  MmapMmap() { BusGuard::get_ready(); }

  // Sizing, mapping, faults and unmapping are the price of this mode, so they all lie in the window.
  Status move(const Job& job) override {
    if (job.input.bytes == 0) return {};
    if (Status status = size_destination(job); !status.ok()) return status;
    Result<Mapping> from = mmap_([&] { return Mapping::of_file(job.input.fd, job.input.bytes); });
    if (!from.ok()) return std::move(from).error();
    Result<Mapping> to = mmap_([&] { return Mapping::writable(job.output.fd, job.input.bytes); });
    if (!to.ok()) return std::move(to).error();
    Status status = copy(job, *from, *to);
    munmap_([&] { to->unmap(); });
    munmap_([&] { from->unmap(); });
    return status;
  }

 private:
  Status size_destination(const Job& job) {
    const auto bytes = static_cast<off64_t>(job.input.bytes);
    while (ftruncate_([&] { return ftruncate64(job.output.fd, bytes); }) != 0) {
      if (Status status = output_.ride_out(job, "ftruncate", errno); !status.ok()) return status;
    }
    return {};
  }

  static Status copy(const Job& job, const Mapping& from, const Mapping& to) {
    const BusGuard reading(from);
    const BusGuard writing(to);
    for (size_t at = 0; at < from.size();) {
      if (!job.proceed(at)) return cancelled("memcpy");
      const size_t chunk = std::min<uint64_t>(from.size() - at, job.buffer_bytes);
      std::memcpy(to.data() + at, from.data() + at, chunk);
      if (reading.fault()) return explain_read(job, *reading.fault());
      if (writing.fault()) return explain_write(job, to, *writing.fault());
      at += chunk;
    }
    return {};
  }

  // A fault has no errno. A call for the same bytes has one: EIO of a broken disk, ENOSPC or EDQUOT of a full one.

  static Error explain_read(const Job& job, size_t at) {
    std::byte byte{};
    if (pread64(job.input.fd, &byte, 1, static_cast<off64_t>(at)) < 0) {
      return system_error("memcpy", errno, job.input.path);
    }
    return {"SIGBUS", "memcpy",
            "The source was cut short while it was mapped, and reading behind its end raised SIGBUS.", job.input.path};
  }

  // The whole page, because a part of it may still find a block.
  static Error explain_write(const Job& job, const Mapping& to, size_t at) {
    const auto page_bytes = static_cast<size_t>(sysconf(_SC_PAGESIZE));
    const size_t end = std::min(to.size(), (at / page_bytes + 1) * page_bytes);
    for (size_t from = at / page_bytes * page_bytes; from < end;) {
      const ssize_t taken = pwrite64(job.output.fd, to.data() + from, end - from, static_cast<off64_t>(from));
      if (taken < 0) return system_error("memcpy", errno, job.output.path);
      from += static_cast<size_t>(taken);
    }
    return {"SIGBUS", "memcpy", "The system could not give a page of the destination, and writing to it raised SIGBUS.",
            job.output.path};
  }

  SystemCall& ftruncate_ = calls_["ftruncate"];
  SystemCall& mmap_ = calls_["mmap"];
  SystemCall& munmap_ = calls_["munmap"];
  OutputLoop output_{calls_};
};

const RegisterMode<MmapMmap> kEntry("mmap-mmap");

}  // namespace
}  // namespace zcl
