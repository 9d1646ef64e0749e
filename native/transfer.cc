#include "transfer.h"

namespace zcl {

std::vector<std::string> mode_ids() {
  return ModeEntry::ids();
}

std::unique_ptr<Mode> make_mode(const std::string& id) {
  const ModeEntry* entry = ModeEntry::find(id);
  return entry != nullptr ? entry->make() : nullptr;
}

}  // namespace zcl
