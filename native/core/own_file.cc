#include "core/own_file.h"

#include <link.h>

#include <cstddef>
#include <cstdint>

namespace zcl {
namespace {

struct Search {
  uintptr_t address;
  std::string path;
};

int look(dl_phdr_info* object, size_t, void* data) {
  auto* search = static_cast<Search*>(data);
  for (int i = 0; i < object->dlpi_phnum; ++i) {
    const ElfW(Phdr)& segment = object->dlpi_phdr[i];
    const uintptr_t start = object->dlpi_addr + segment.p_vaddr;
    if (segment.p_type != PT_LOAD || search->address < start || search->address >= start + segment.p_memsz) continue;
    search->path = object->dlpi_name;
    return 1;
  }
  return 0;
}

}  // namespace

// Not dladdr: where it is part of libc, its symbol version is above our floor.
std::string own_file() {
  Search search{reinterpret_cast<uintptr_t>(&look), {}};
  dl_iterate_phdr(look, &search);
  return search.path;
}

}  // namespace zcl
