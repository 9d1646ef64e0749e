// The buckets of durations, against durations that are kept one by one.

#include "measure/latency.h"

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#include "core/check.h"

namespace zcl {
namespace {

/// Not below the duration of that rank, and above it by less than 1/32.
void check_against(std::vector<int64_t> durations) {
  Latency latency;
  for (int64_t duration : durations) latency.record(duration);
  std::sort(durations.begin(), durations.end());
  CHECK(latency.count() == durations.size());
  CHECK(latency.max_ns() == durations.back());
  for (uint32_t permille : {0U, 1U, 500U, 900U, 990U, 999U, 1000U}) {
    const size_t rank = std::max<size_t>((durations.size() * permille + 999) / 1000, 1);
    const int64_t exact = durations[rank - 1];
    const int64_t told = latency.quantile_ns(permille);
    CHECK(told >= exact);
    CHECK(told - exact <= exact / 32);
  }
}

void every_edge() {
  check_against({0});
  check_against({INT64_MAX});
  for (int64_t power = 1; power > 0 && power < INT64_MAX / 2; power *= 2) {
    check_against({power - 1});
    check_against({power});
    check_against({power + 1});
    check_against({power - 1, power, power + 1});
  }
}

void many_of_every_size() {
  std::mt19937_64 random(1);
  for (int shift = 0; shift < 63; ++shift) {
    std::vector<int64_t> durations;
    for (int i = 0; i < 2003; ++i) durations.push_back(static_cast<int64_t>(random() >> 1 >> (random() % (shift + 1))));
    check_against(durations);
  }
}

void nothing() {
  const Latency latency;
  CHECK(latency.count() == 0 && latency.max_ns() == 0 && latency.quantile_ns(500) == 0);
}

}  // namespace
}  // namespace zcl

int main() {
  zcl::nothing();
  zcl::every_edge();
  zcl::many_of_every_size();
}
