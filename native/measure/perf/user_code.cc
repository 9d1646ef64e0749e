#include "measure/perf/user_code.h"

#include <unistd.h>
#include <unwind.h>

#include <cstring>
#include <fstream>
#include <sstream>

namespace zcl {
namespace {

/// Start of the function that holds an address of ours, by the unwind table of its file: exact also where symbols are
/// stripped, as they are from the C library's variants of memcpy. 0 where there is no function.
uintptr_t function_at(uintptr_t address) {
  // It is made for return addresses, and looks one byte before.
  auto* behind = reinterpret_cast<void*>(address + 1);  // NOLINT(performance-no-int-to-ptr)
  return reinterpret_cast<uintptr_t>(_Unwind_FindEnclosingFunction(behind));
}

/// memcpy and memmove are the variant for this CPU here, as the dynamic linker has chosen it. In glibc for x86-64 the
/// variants without `rep movsb` are only the first bytes of their function and go on in that which follows them
/// (sysdeps/x86_64/multiarch/memmove-vec-unaligned-erms.S), which begins within the distance below.
bool copies(uintptr_t address) {
  constexpr uintptr_t kReach = 256;
  const uintptr_t function = function_at(address);
  const auto is_of = [function](uintptr_t routine) { return function >= routine && function - routine <= kReach; };
  return function != 0 &&
         (is_of(reinterpret_cast<uintptr_t>(static_cast<void* (*)(void*, const void*, size_t)>(&memcpy))) ||
          is_of(reinterpret_cast<uintptr_t>(&memmove)));
}

}  // namespace

UserCode::UserCode() {
  std::ifstream maps("/proc/self/maps");  // proc_pid_maps(5)
  for (std::string line; std::getline(maps, line);) {
    std::istringstream fields(line);
    uint64_t start = 0;
    uint64_t end = 0;
    uint64_t offset = 0;
    char dash = 0;
    std::string rights;
    std::string device;
    std::string inode;
    std::string file;
    fields >> std::hex >> start >> dash >> end >> rights >> offset >> device >> inode >> std::ws;
    std::getline(fields, file);
    if (rights.find('x') != std::string::npos) mapped(getpid(), start, end - start, offset, std::move(file));
  }
}

void UserCode::mapped(pid_t process, uint64_t start, uint64_t bytes, uint64_t offset, std::string file) {
  processes_[process][start] = {start + bytes, offset, std::move(file)};
}

const UserCode::View* UserCode::view_at(const Views& views, uint64_t address, uint64_t& start) const {
  auto behind = views.upper_bound(address);
  if (behind == views.begin()) return nullptr;
  --behind;
  start = behind->first;
  return address < behind->second.end ? &behind->second : nullptr;
}

/// Where the same code of the same file lies in this process.
std::optional<uint64_t> UserCode::as_ours(const View& view, uint64_t offset) const {
  for (const auto& [start, own] : processes_.at(getpid())) {
    if (own.file == view.file && offset >= own.offset && offset - own.offset < own.end - start) {
      return start + (offset - own.offset);
    }
  }
  return {};
}

std::string UserCode::name_of(pid_t process, uint64_t address) const {
  const auto views = processes_.find(process);
  if (views == processes_.end()) return {};
  uint64_t start = 0;
  const View* view = view_at(views->second, address, start);
  if (view == nullptr) return {};
  const std::optional<uint64_t> own = as_ours(*view, address - start + view->offset);
  if (own && copies(*own)) return "memcpy";
  return view->file.substr(view->file.rfind('/') + 1);
}

}  // namespace zcl
