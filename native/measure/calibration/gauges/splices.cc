// splice-read, splice-write: what splice() of a page from a file into a pipe, and of a byte out of it into a file, do
// beyond being system calls. page-reference: putting one more page into the pipe and taking it out again. page-copy: a
// byte copied from page to page of the page cache, as splice into a file does.

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "core/pipe.h"
#include "measure/calibration/gauge.h"

namespace zcl {
namespace {

constexpr size_t kPage = 4096;
constexpr size_t kBatch = 65536;  // what a pipe holds that nobody made larger
constexpr int kBatches = 16;      // per repetition
constexpr int kCalls = 64;

class Splices final : public Gauge {
 public:
  Status prepare(Workbench&) override {
    Result<Pipe> pipe = Pipe::of_size({}, kBatch);
    if (!pipe.ok()) return std::move(pipe).error();
    pipe_ = std::move(*pipe);
    null_ = UniqueFd(open("/dev/null", O_WRONLY | O_CLOEXEC));
    if (!null_) return system_error("open", errno, "/dev/null");
    return {};
  }

  Status measure(Workbench& bench, UnitCosts& costs) override {
    const Result<double> call = cpu_time([] {
      for (int i = 0; i < kCalls; ++i) syscall(SYS_getppid);
      return Status();
    });
    const double call_ns = *call / kCalls;
    const Result<double> single = dropped(bench, kPage, kCalls);
    if (!single.ok()) return single.error();
    const Result<double> batch = dropped(bench, kBatch, kBatches);
    if (!batch.ok()) return batch.error();
    const Result<double> bytes = written(bench, 1, kCalls);
    if (!bytes.ok()) return bytes.error();
    const Result<double> batches = written(bench, kBatch, kBatches);
    if (!batches.ok()) return batches.error();

    // Both ways of dropping make two calls; they differ in the pages between them.
    constexpr size_t kMorePages = kBatch / kPage - 1;
    const double single_ns = *single / kCalls;
    const double batch_ns = *batch / kBatches;
    const double page_ns = (batch_ns - single_ns) / kMorePages;
    // The call that drops a page does next to nothing else.
    const double read_ns = single_ns - page_ns - 2 * call_ns;
    const double write_ns = *bytes / kCalls - read_ns - page_ns - 2 * call_ns;
    const double copied_ns = *batches / kBatches - read_ns - write_ns - page_ns * (kMorePages + 1) - 2 * call_ns;
    costs["page-reference"].push_back(page_ns);
    costs["splice-read"].push_back(read_ns);
    costs["splice-write"].push_back(write_ns);
    costs["page-copy"].push_back(copied_ns / kBatch);
    return {};
  }

 private:
  /// `times` times `bytes` of the warm file into the pipe and from there to /dev/null, which lets go of them.
  Result<double> dropped(Workbench& bench, size_t bytes, int times) {
    off64_t from = bench.next_window(bytes * static_cast<size_t>(times));
    return cpu_time([&] {
      for (int i = 0; i < times; ++i) {
        if (Status status = fill(bench, from, bytes); !status.ok()) return status;
        const ssize_t taken = splice(pipe_.read_end(), nullptr, null_.get(), nullptr, bytes, 0);
        if (taken != static_cast<ssize_t>(bytes)) return bench.expect("splice", taken, bytes);
      }
      return Status();
    });
  }

  /// The same into a file whose pages are there.
  Result<double> written(Workbench& bench, size_t bytes, int times) {
    off64_t from = bench.next_window(bytes * static_cast<size_t>(times));
    const Result<int> file = bench.written_by(std::max(bytes, kPage));
    if (!file.ok()) return file.error();
    off64_t to = 0;
    return cpu_time([&] {
      for (int i = 0; i < times; ++i) {
        if (Status status = fill(bench, from, bytes); !status.ok()) return status;
        const ssize_t taken = splice(pipe_.read_end(), nullptr, *file, &to, bytes, 0);
        if (taken != static_cast<ssize_t>(bytes)) return bench.expect("splice", taken, bytes);
      }
      return Status();
    });
  }

  Status fill(Workbench& bench, off64_t& from, size_t bytes) const {
    const ssize_t filled = splice(bench.warm_file(), &from, pipe_.write_end(), nullptr, bytes, 0);
    return filled == static_cast<ssize_t>(bytes) ? Status() : bench.expect("splice", filled, bytes);
  }

  Pipe pipe_;
  UniqueFd null_;
};

}  // namespace

std::unique_ptr<Gauge> splices() {
  return std::make_unique<Splices>();
}

}  // namespace zcl
