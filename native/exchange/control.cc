#include "exchange/control.h"

#include <new>

#include "core/file_facts.h"
#include "core/memory_file.h"

namespace zcl {

Result<Control> Control::create(uint64_t digest_blocks) {
  const uint64_t bytes = sizeof(ControlBlock) + digest_blocks * sizeof(uint64_t);
  Result<UniqueFd> file = memory_file("zero-copy-lab-control", bytes);
  if (!file.ok()) return std::move(file).error();
  Result<Mapping> memory = Mapping::shared(file->get(), bytes);
  if (!memory.ok()) return std::move(memory).error();
  auto* block = new (memory->data()) ControlBlock{};
  block->orders.block_size = sizeof(ControlBlock);
  return Control(std::move(*memory), std::move(*file));
}

Result<Control> Control::open(UniqueFd file) {
  const Result<FileFacts> facts = facts_of(file.get());
  if (!facts.ok()) return facts.error();
  if (facts->bytes < sizeof(ControlBlock)) return bad_argument("The control block is too small.");
  Result<Mapping> memory = Mapping::shared(file.get(), facts->bytes);
  if (!memory.ok()) return std::move(memory).error();
  Control control(std::move(*memory), std::move(file));
  if (control.block().orders.block_size != sizeof(ControlBlock)) {
    return bad_argument("The control block is of another build.");
  }
  return control;
}

}  // namespace zcl
