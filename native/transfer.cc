#include "transfer.h"

#include <cstdlib>
#include <cstring>

namespace zcl {

uint64_t& CallCounter::operator[](const char* name) {
  for (size_t i = 0; i < used_; ++i) {
    if (std::strcmp(places_[i].name, name) == 0) return places_[i].times;
  }
  if (used_ == places_.size()) std::abort();
  places_[used_] = {name, 0};
  return places_[used_++].times;
}

std::vector<CallCount> CallCounter::made() const {
  std::vector<CallCount> made;
  for (const Place& place : places_) {
    if (place.times > 0) made.push_back({place.name, place.times});
  }
  return made;
}

std::vector<std::string> mode_ids() {
  return ModeEntry::ids();
}

std::unique_ptr<Mode> make_mode(const std::string& id) {
  const ModeEntry* entry = ModeEntry::find(id);
  return entry != nullptr ? entry->make() : nullptr;
}

}  // namespace zcl
