// kernel-to-user-N, user-to-kernel-N: copying a byte between the page cache and a buffer of N bytes that is used again
// and again, so that N says which cache the buffer is in. mapping-to-kernel-N: from N bytes that lie in no cache. The
// page cache's side is cold each time. A call's own cost, which a byte by the same call shows, is taken off.

#include <unistd.h>

#include <algorithm>
#include <string>

#include "measure/calibration/gauge.h"

namespace zcl {
namespace {

constexpr size_t kPage = 4096;
constexpr size_t kBytes = size_t{1} << 20;  // per repetition, or one call where that is more

class FileCopies final : public Gauge {
 public:
  Status prepare(Workbench& bench) override {
    Result<Mapping> view = Mapping::of_file(bench.warm_file(), bench.warm_bytes());
    if (!view.ok()) return std::move(view).error();
    view_ = std::move(*view);
    for (size_t at = 0; at < view_.size(); at += kPage) {
      static_cast<void>(*static_cast<volatile std::byte*>(view_.data() + at));
    }
    return {};
  }

  Status measure(Workbench& bench, UnitCosts& costs) override {
    const CacheSizes& caches = bench.caches();
    for (const size_t size : {kPage, caches.l1 / 2, caches.l2 / 2, bench.memory_bytes()}) {
      const off_t source = bench.next_window(std::max(size, kBytes));
      const auto from_kernel = [&](size_t bytes, size_t at) {
        return pread64(bench.warm_file(), bench.memory(), bytes, source + static_cast<off64_t>(at));
      };
      const Result<int> file = bench.written_by(size);
      if (!file.ok()) return file.error();
      const auto to_kernel = [&](size_t bytes, size_t at) {
        return pwrite64(*file, bench.memory(), bytes, static_cast<off64_t>(at));
      };
      if (Status status = add(bench, costs, "kernel-to-user", size, from_kernel); !status.ok()) return status;
      if (Status status = add(bench, costs, "user-to-kernel", size, to_kernel); !status.ok()) return status;
    }
    for (const size_t size : {kPage, caches.l1 / 2, caches.l2 / 2}) {
      const off_t source = bench.next_window(std::max(size, kBytes));
      const Result<int> file = bench.written_by(size);
      if (!file.ok()) return file.error();
      const auto to_kernel = [&](size_t bytes, size_t at) {
        return pwrite64(*file, view_.data() + source + at, bytes, static_cast<off64_t>(at));
      };
      if (Status status = add(bench, costs, "mapping-to-kernel", size, to_kernel); !status.ok()) return status;
    }
    return {};
  }

 private:
  template <class Move>
  static Status add(Workbench& bench, UnitCosts& costs, const std::string& unit, size_t size, Move move) {
    const size_t total = std::max(size, kBytes / size * size);
    const Result<double> bytewise = cpu_time([&] {
      for (size_t done = 0; done < total; done += size) {
        if (const ssize_t moved = move(1, 0); moved != 1) return bench.expect("pwrite", moved, 1);
      }
      return Status();
    });
    if (!bytewise.ok()) return bytewise.error();
    const Result<double> all = cpu_time([&] {
      for (size_t done = 0; done < total; done += size) {
        const ssize_t moved = move(size, done);
        if (moved != static_cast<ssize_t>(size)) return bench.expect("pwrite", moved, size);
      }
      return Status();
    });
    if (!all.ok()) return all.error();
    costs[unit + "-" + std::to_string(size)].push_back((*all - *bytewise) / static_cast<double>(total));
    return {};
  }

  Mapping view_;
};

}  // namespace

std::unique_ptr<Gauge> file_copies() {
  return std::make_unique<FileCopies>();
}

}  // namespace zcl
