// memory-copy-N: memcpy of a byte in user mode, where N bytes at a time go to N others that are used again and again;
// the largest N is more than any cache holds.

#include <algorithm>
#include <cstring>
#include <string>

#include "measure/calibration/gauge.h"

namespace zcl {
namespace {

constexpr size_t kBytes = size_t{1} << 20;       // per repetition, or one copy where that is more
constexpr size_t kColdBytes = size_t{32} << 20;  // of each side
constexpr size_t kColdStep = size_t{2} << 20;

class MemoryCopies final : public Gauge {
 public:
  Status prepare(Workbench&) override {
    Result<Mapping> memory = Mapping::buffer(2 * kColdBytes);
    if (!memory.ok()) return std::move(memory).error();
    memory_ = std::move(*memory);
    return {};
  }

  Status measure(Workbench& bench, UnitCosts& costs) override {
    const CacheSizes& caches = bench.caches();
    for (const size_t size : {caches.l1 / 4, caches.l2 / 4, bench.memory_bytes() / 2}) {
      copy(size, size);  // now both sides are where they belong
      add(costs, size, std::max(size, kBytes), copy(size, std::max(size, kBytes)));
    }
    const size_t at = std::exchange(cold_at_, (cold_at_ + kColdStep) % kColdBytes);
    const Result<double> cold = cpu_time([&] {
      std::memcpy(memory_.data() + kColdBytes + at, memory_.data() + at, kColdStep);
      return Status();
    });
    add(costs, kColdBytes, kColdStep, *cold);
    return {};
  }

 private:
  double copy(size_t size, size_t total) const {
    const Result<double> ns = cpu_time([&] {
      for (size_t done = 0; done < total; done += size) {
        std::memcpy(memory_.data() + kColdBytes, memory_.data(), size);
        asm volatile("" : : "r"(memory_.data()) : "memory");  // the next one copies the same, and is still to be made
      }
      return Status();
    });
    return *ns;
  }

  static void add(UnitCosts& costs, size_t size, size_t bytes, double ns) {
    costs["memory-copy-" + std::to_string(size)].push_back(ns / static_cast<double>(bytes));
  }

  Mapping memory_;
  size_t cold_at_ = 0;
};

}  // namespace

std::unique_ptr<Gauge> memory_copies() {
  return std::make_unique<MemoryCopies>();
}

}  // namespace zcl
