#include "measure/calls.h"

#include <cstdlib>
#include <cstring>

namespace zcl {

SystemCall& CallCounter::operator[](const char* name) {
  for (size_t i = 0; i < used_; ++i) {
    if (std::strcmp(places_[i].name_, name) == 0) return places_[i];
  }
  if (used_ == places_.size()) std::abort();
  SystemCall& place = places_[used_++];
  place.name_ = name;
  if (timed_) place.latency_ = std::make_unique<Latency>();
  return place;
}

void CallCounter::time() {
  timed_ = true;
  for (size_t i = 0; i < used_; ++i) places_[i].latency_ = std::make_unique<Latency>();
}

void CallCounter::forget() {
  for (size_t i = 0; i < used_; ++i) {
    places_[i].times_ = 0;
    if (timed_) *places_[i].latency_ = Latency();
  }
}

void CallCounter::add(const CallCounter& other) {
  for (size_t i = 0; i < other.used_; ++i) {
    const SystemCall& theirs = other.places_[i];
    SystemCall& mine = (*this)[theirs.name_];
    mine.times_ += theirs.times_;
    if (theirs.latency_ == nullptr) continue;
    if (mine.latency_ == nullptr) mine.latency_ = std::make_unique<Latency>();
    mine.latency_->add(*theirs.latency_);
  }
}

std::vector<CallCount> CallCounter::made() const {
  std::vector<CallCount> made;
  for (const SystemCall& place : places_) {
    if (place.times_ > 0) made.push_back({place.name_, place.times_});
  }
  return made;
}

std::vector<CallLatency> CallCounter::latencies() const {
  std::vector<CallLatency> latencies;
  for (const SystemCall& place : places_) {
    if (place.times_ == 0 || place.latency_ == nullptr) continue;
    const Latency& each = *place.latency_;
    latencies.push_back({place.name_, each.count(), each.quantile_ns(500), each.quantile_ns(990), each.quantile_ns(999),
                         each.max_ns()});
  }
  return latencies;
}

}  // namespace zcl
