#include "exchange/ring.h"

#include <fcntl.h>

#include <cerrno>

#include "core/available_memory.h"
#include "core/memory_file.h"

namespace zcl {

Result<Ring> Ring::make(Kind kind, uint64_t buffer_bytes, uint64_t buffers) {
  if (Status status = check_memory(buffer_bytes * buffers); !status.ok()) return std::move(status).error();
  UniqueFd file;
  if (kind == Kind::kFile) {
    Result<UniqueFd> made = memory_file("zero-copy-lab-ring", buffer_bytes * buffers);
    if (!made.ok()) return std::move(made).error();
    file = std::move(*made);
  }
  Result<Mapping> memory =
      file ? Mapping::shared(file.get(), buffer_bytes * buffers) : Mapping::buffer(buffer_bytes * buffers);
  if (!memory.ok()) return std::move(memory).error();
  return Ring(std::move(*memory), std::move(file));
}

Result<Ring> Ring::view(UniqueFd file, uint64_t buffer_bytes, uint64_t buffers) {
  Result<Mapping> memory = Mapping::shared(file.get(), buffer_bytes * buffers);
  if (!memory.ok()) return std::move(memory).error();
  return Ring(std::move(*memory), std::move(file));
}

Result<UniqueFd> Ring::share() const {
  UniqueFd file(fcntl(file_.get(), F_DUPFD_CLOEXEC, 0));
  if (!file) return system_error("fcntl", errno);
  return file;
}

}  // namespace zcl
