// file-read, file-write: what read() and write() of a byte of the page cache do beyond being system calls. By the
// file's position, which they lock, and at its end, which every write moves, as when a file is copied.

#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "measure/calibration/gauge.h"

namespace zcl {
namespace {

constexpr int kCalls = 1024;  // fewer than a page has bytes: the page is there after the first one

class FileCalls final : public Gauge {
 public:
  Status measure(Workbench& bench, UnitCosts& costs) override {
    const Result<double> nothing = cpu_time([] {
      for (int i = 0; i < kCalls; ++i) syscall(SYS_getppid);
      return Status();
    });
    const Result<double> reads = read_bytes(bench);
    if (!reads.ok()) return reads.error();
    const Result<double> writes = write_bytes(bench);
    if (!writes.ok()) return writes.error();
    costs["file-read"].push_back((*reads - *nothing) / kCalls);
    costs["file-write"].push_back((*writes - *nothing) / kCalls);
    return {};
  }

 private:
  static Result<double> read_bytes(Workbench& bench) {
    const off_t start = bench.next_window(kCalls);
    if (lseek64(bench.warm_file(), start, SEEK_SET) < 0) return system_error("lseek", errno, bench.directory());
    return repeat(bench, "read", [&] { return read(bench.warm_file(), bench.memory(), 1); });
  }

  static Result<double> write_bytes(Workbench& bench) {
    const Result<UniqueFd> file = bench.fresh_file();
    if (!file.ok()) return file.error();
    const auto write_one = [&] { return write(file->get(), bench.memory(), 1); };
    if (Status status = bench.expect("write", write_one(), 1); !status.ok()) return std::move(status).error();
    return repeat(bench, "write", write_one);
  }

  template <class Call>
  static Result<double> repeat(Workbench& bench, const char* name, Call call) {
    return cpu_time([&] {
      for (int i = 0; i < kCalls; ++i) {
        if (const ssize_t done = call(); done != 1) return bench.expect(name, done, 1);
      }
      return Status();
    });
  }
};

}  // namespace

std::unique_ptr<Gauge> file_calls() {
  return std::make_unique<FileCalls>();
}

}  // namespace zcl
