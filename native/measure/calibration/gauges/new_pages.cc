// new-page-N: what a page of the page cache costs that a write of N bytes has to make, beyond writing to one that is
// there: allocation, its place in the file, the reservation of blocks. Filesystems make larger folios for larger
// writes, so it depends on N; below a page, the rest of it is filled with zeros first.

#include <unistd.h>

#include <algorithm>
#include <string>
#include <vector>

#include "measure/calibration/gauge.h"

namespace zcl {
namespace {

constexpr size_t kPage = 4096;
constexpr size_t kSizes[] = {1024, 4096, 16384, 65536, 262144, 1048576};
constexpr size_t kBytes = size_t{1} << 20;  // per repetition and size
constexpr size_t kPages = kBytes / kPage;

class NewPages final : public Gauge {
 public:
  Status measure(Workbench& bench, UnitCosts& costs) override {
    // Those of the last time are freed now and not at once, so that no size finds the pages of another in the cache.
    files_.clear();
    for (const size_t size : kSizes) {
      Result<UniqueFd> file = bench.fresh_file();
      if (!file.ok()) return std::move(file).error();
      files_.push_back(std::move(*file));
      const Result<double> fresh = fill(bench, files_.back().get(), size);
      if (!fresh.ok()) return fresh.error();
      const Result<int> old = bench.written_by(size);
      if (!old.ok()) return old.error();
      const Result<double> there = fill(bench, *old, size);
      if (!there.ok()) return there.error();
      costs["new-page-" + std::to_string(size)].push_back((*fresh - *there) / kPages);
    }
    return {};
  }

 private:
  static Result<double> fill(Workbench& bench, int file, size_t size) {
    return cpu_time([&] {
      for (size_t at = 0; at < kBytes; at += size) {
        const ssize_t taken = pwrite64(file, bench.memory(), size, static_cast<off64_t>(at));
        if (taken != static_cast<ssize_t>(size)) return bench.expect("pwrite", taken, size);
      }
      return Status();
    });
  }

  std::vector<UniqueFd> files_;
};

}  // namespace

std::unique_ptr<Gauge> new_pages() {
  return std::make_unique<NewPages>();
}

}  // namespace zcl
