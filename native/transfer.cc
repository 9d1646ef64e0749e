#include "transfer.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace zcl {
namespace {

// Entries are static objects of other files, made in any order: the head must be there before all of them.
const ModeEntry*& first_entry() {
  static const ModeEntry* first = nullptr;
  return first;
}

}  // namespace

uint64_t& CallCounter::operator[](const char* name) {
  for (size_t i = 0; i < used_; ++i) {
    if (std::strcmp(counts_[i].name, name) == 0) return counts_[i].times;
  }
  if (used_ == counts_.size()) std::abort();
  counts_[used_] = {name, 0};
  return counts_[used_++].times;
}

std::vector<CallCount> CallCounter::made() const {
  std::vector<CallCount> made;
  for (const CallCount& count : counts_) {
    if (count.times > 0) made.push_back(count);
  }
  return made;
}

ModeEntry::ModeEntry(const char* id, ModeFactory make) : id_(id), make_(make), next_(first_entry()) {
  first_entry() = this;
}

std::vector<std::string> mode_ids() {
  std::vector<std::string> ids;
  for (const ModeEntry* entry = first_entry(); entry != nullptr; entry = entry->next_) ids.push_back(entry->id_);
  std::sort(ids.begin(), ids.end());
  return ids;
}

std::unique_ptr<Mode> make_mode(const std::string& id) {
  for (const ModeEntry* entry = first_entry(); entry != nullptr; entry = entry->next_) {
    if (id == entry->id_) return entry->make_();
  }
  return nullptr;
}

}  // namespace zcl
