#pragma once

#include <algorithm>
#include <string>
#include <vector>

namespace zcl {

/// Static objects that enter themselves into the list of their kind, each from a file of its own:
/// `class ModeEntry : public Listed<ModeEntry>`.
template <class Entry>
class Listed {
 public:
  Listed(const Listed&) = delete;
  Listed& operator=(const Listed&) = delete;

  /// The ids of all that there are, sorted.
  static std::vector<std::string> ids() {
    std::vector<std::string> ids;
    for (const Listed* entry = first(); entry != nullptr; entry = entry->next_) ids.push_back(entry->id_);
    std::sort(ids.begin(), ids.end());
    return ids;
  }

  /// The one of that id, or null.
  static const Entry* find(const std::string& id) {
    const Listed* entry = first();
    while (entry != nullptr && id != entry->id_) entry = entry->next_;
    return static_cast<const Entry*>(entry);
  }

 protected:
  explicit Listed(const char* id) : id_(id), next_(first()) { first() = this; }
  ~Listed() = default;

 private:
  // Static objects of several files are made in any order: the head must be there before all of them.
  static const Listed*& first() {
    static const Listed* first = nullptr;
    return first;
  }

  const char* const id_;
  const Listed* const next_;
};

}  // namespace zcl
