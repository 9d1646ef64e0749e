// map-call: mmap and munmap of part of a file, together, beyond being system calls. mapped-window: faulting in 64 KiB
// of it from user mode, in however many faults that takes (fault-around maps 16 pages or a whole folio). unmapped-page:
// taking out a page again. fault-in-write-N: the same 64 KiB when writes of N bytes meet them, beyond the writes
// themselves; large ones copy again what a fault in their midst cut short (mm/filemap.c: generic_perform_write; a short
// copy into a page that is not up to date is dropped, fs/buffer.c: block_write_end).

#include <sys/syscall.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "measure/calibration/gauge.h"

namespace zcl {
namespace {

constexpr size_t kPage = 4096;
constexpr size_t kWindow = 65536;
constexpr size_t kBytes = size_t{2} << 20;
constexpr int kMaps = 64;
constexpr size_t kPages = kBytes / kPage;
constexpr size_t kWindows = kBytes / kWindow;

class PageFaults final : public Gauge {
 public:
  Status measure(Workbench& bench, UnitCosts& costs) override {
    files_.clear();
    if (Status status = mapping_calls(bench, costs); !status.ok()) return status;
    if (Status status = user_faults(bench, costs); !status.ok()) return status;
    if (Status status = first_byte(bench, costs); !status.ok()) return status;
    for (const size_t size : {size_t{65536}, size_t{1048576}}) {
      if (Status status = writes(bench, costs, size); !status.ok()) return status;
    }
    return {};
  }

 private:
  static Result<Mapping> map(Workbench& bench) {
    return Mapping::of_file(bench.warm_file(), kBytes, bench.next_window(kBytes));
  }

  static Status mapping_calls(Workbench& bench, UnitCosts& costs) {
    const Result<double> nothing = cpu_time([] {
      for (int i = 0; i < 2 * kMaps; ++i) syscall(SYS_getppid);
      return Status();
    });
    const Result<double> maps = cpu_time([&] {
      for (int i = 0; i < kMaps; ++i) {
        if (Result<Mapping> view = map(bench); !view.ok()) return Status(std::move(view).error());
      }
      return Status();
    });
    if (!maps.ok()) return maps.error();
    costs["map-call"].push_back((*maps - *nothing) / kMaps);
    return {};
  }

  static void touch(const Mapping& view) {
    for (size_t at = 0; at < view.size(); at += kPage) {
      static_cast<void>(*static_cast<volatile std::byte*>(view.data() + at));
    }
  }

  static Status user_faults(Workbench& bench, UnitCosts& costs) {
    Result<Mapping> view = map(bench);
    if (!view.ok()) return std::move(view).error();
    const Result<double> faults = cpu_time([&] { return touch(*view), Status(); });
    const Result<double> unmapping = cpu_time([&] { return view->unmap(), Status(); });
    costs["mapped-window"].push_back(*faults / kWindows);
    costs["unmapped-page"].push_back(*unmapping / kPages);
    return {};
  }

  /// A byte of each window goes to one and the same page.
  static Status first_byte(Workbench& bench, UnitCosts& costs) {
    const Result<Mapping> view = map(bench);
    if (!view.ok()) return view.error();
    const Result<UniqueFd> file = bench.fresh_file();
    if (!file.ok()) return file.error();
    const ssize_t first = write(file->get(), bench.memory(), 1);
    if (first != 1) return bench.expect("write", first, 1);
    const auto pass = [&] {
      return cpu_time([&] {
        for (size_t at = 0; at < kBytes; at += kWindow) {
          const ssize_t taken = pwrite64(file->get(), view->data() + at, 1, 0);
          if (taken != 1) return bench.expect("pwrite", taken, 1);
        }
        return Status();
      });
    };
    const Result<double> faulting = pass();
    if (!faulting.ok()) return faulting.error();
    const Result<double> mapped = pass();
    if (!mapped.ok()) return mapped.error();
    costs["fault-in-write-1"].push_back((*faulting - *mapped) / kWindows);
    return {};
  }

  Status writes(Workbench& bench, UnitCosts& costs, size_t size) {
    const Result<Mapping> strange = map(bench);
    if (!strange.ok()) return strange.error();
    const Result<double> faulting = fill(bench, *strange, size);
    if (!faulting.ok()) return faulting.error();
    const Result<Mapping> known = map(bench);
    if (!known.ok()) return known.error();
    touch(*known);
    const Result<double> mapped = fill(bench, *known, size);
    if (!mapped.ok()) return mapped.error();
    costs["fault-in-write-" + std::to_string(size)].push_back((*faulting - *mapped) / kWindows);
    return {};
  }

  /// Writes the view into a fresh file.
  Result<double> fill(Workbench& bench, const Mapping& view, size_t size) {
    Result<UniqueFd> file = bench.fresh_file();
    if (!file.ok()) return std::move(file).error();
    files_.push_back(std::move(*file));
    return cpu_time([&] {
      for (size_t at = 0; at < kBytes; at += size) {
        const ssize_t taken = write(files_.back().get(), view.data() + at, size);
        if (taken != static_cast<ssize_t>(size)) return bench.expect("write", taken, size);
      }
      return Status();
    });
  }

  std::vector<UniqueFd> files_;  // freed a repetition later, as in new_pages.cc
};

}  // namespace

std::unique_ptr<Gauge> page_faults() {
  return std::make_unique<PageFaults>();
}

}  // namespace zcl
