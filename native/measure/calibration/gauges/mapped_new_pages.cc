// mapped-new-page: storing to a page of a hole through a shared mapping: the fault, the page filled with zeros, its
// block reserved (page_mkwrite), and what munmap does with a dirty page.

#include <unistd.h>

#include <cerrno>

#include "measure/calibration/gauge.h"

namespace zcl {
namespace {

constexpr size_t kPage = 4096;
constexpr size_t kBytes = size_t{512} << 10;
constexpr size_t kPages = kBytes / kPage;

class MappedNewPages final : public Gauge {
 public:
  Status measure(Workbench& bench, UnitCosts& costs) override {
    Result<UniqueFd> file = bench.fresh_file();
    if (!file.ok()) return std::move(file).error();
    file_ = std::move(*file);
    if (ftruncate64(file_.get(), kBytes) != 0) return system_error("ftruncate", errno, bench.directory());
    Result<Mapping> view = Mapping::writable(file_.get(), kBytes);
    if (!view.ok()) return std::move(view).error();
    const Result<double> ns = cpu_time([&] {
      for (size_t at = 0; at < kBytes; at += kPage) *static_cast<volatile std::byte*>(view->data() + at) = std::byte{1};
      view->unmap();
      return Status();
    });
    costs["mapped-new-page"].push_back(*ns / kPages);
    return {};
  }

 private:
  UniqueFd file_;
};

}  // namespace

std::unique_ptr<Gauge> mapped_new_pages() {
  return std::make_unique<MappedNewPages>();
}

}  // namespace zcl
