// mmap-write: the page cache itself is the buffer. One copy, one call per chunk, and page faults in place of reads.

#include <algorithm>

#include "core/mapping.h"
#include "output_loop.h"
#include "paths/view_fault.h"
#include "transfer.h"

namespace zcl {
namespace {

class MmapWrite final : public Mode {
 public:
  // Mapping, faults and unmapping are the price of this mode, so they all lie in the window.
  Status move(const Job& job) override {
    if (job.input.bytes == 0) return {};
    Result<Mapping> view = mmap_([&] { return Mapping::of_file(job.input.fd, job.input.bytes, job.input.offset()); });
    if (!view.ok()) return std::move(view).error();
    Status status = write_view(job, *view);
    munmap_([&] { view->unmap(); });
    return status;
  }

 private:
  Status write_view(const Job& job, const Mapping& view) {
    for (size_t at = 0; at < view.size();) {
      if (!job.proceed(at)) return cancelled("write");
      const size_t chunk = std::min<uint64_t>(view.size() - at, job.buffer_bytes);
      const bool more = job.more_behind(at + chunk);
      if (Status status = output_.write_all(job, view.data() + at, chunk, more); !status.ok()) {
        return explain_view_fault(job, std::move(status));
      }
      at += chunk;
    }
    return {};
  }

  SystemCall& mmap_ = calls_["mmap"];
  SystemCall& munmap_ = calls_["munmap"];
  OutputLoop output_{calls_};
};

const RegisterMode<MmapWrite> kEntry("mmap-write");

}  // namespace
}  // namespace zcl
