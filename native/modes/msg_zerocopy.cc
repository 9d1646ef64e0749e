// msg-zerocopy: lends the kernel the page cache itself, through a mapping. No copy at all, where the way to the network
// allows it; page faults, pinning and notifications in its place.

#include <algorithm>

#include "core/mapping.h"
#include "paths/view_fault.h"
#include "transfer.h"
#include "zerocopy/sender.h"

namespace zcl {
namespace {

class MsgZerocopy final : public Mode {
 public:
  Status prepare(const Job& job) override { return sender_.enable(job.output); }

  // Mapping, faults and unmapping are the price of this mode, and so is the wait for the last completion: they all lie
  // in the window. Nobody writes to the view, so nothing keeps a chunk waiting for those before it.
  Status move(const Job& job) override {
    zerocopy_ = sender_.count();
    if (job.input.bytes == 0) return {};
    Result<Mapping> view = mmap_([&] { return Mapping::of_file(job.input.fd, job.input.bytes, job.input.offset()); });
    if (!view.ok()) return std::move(view).error();
    Status status = send_view(job, *view);
    if (status.ok()) status = sender_.await_all(job);
    zerocopy_ = sender_.count();
    munmap_([&] { view->unmap(); });
    return status;
  }

 private:
  Status send_view(const Job& job, const Mapping& view) {
    for (size_t at = 0; at < view.size();) {
      if (!job.proceed(at)) return cancelled("send");
      const size_t chunk = std::min<uint64_t>(view.size() - at, job.buffer_bytes);
      if (Status status = sender_.send_all(job, view.data() + at, chunk, at + chunk); !status.ok()) {
        return explain_view_fault(job, std::move(status));
      }
      at += chunk;
    }
    return {};
  }

  SystemCall& mmap_ = calls_["mmap"];
  SystemCall& munmap_ = calls_["munmap"];
  ZerocopySender sender_{calls_};
};

const RegisterMode<MsgZerocopy> kEntry("msg-zerocopy");

}  // namespace
}  // namespace zcl
