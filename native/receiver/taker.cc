#include "receiver/taker.h"

#include "receiver/takers/takers.h"

namespace zcl {
namespace {

struct Entry {
  ReceiverKind kind;
  std::unique_ptr<Taker> (*make)(const ReceiveOptions& options, const Interrupt& interrupt);
};

constexpr Entry kTakers[] = {
    {ReceiverKind::kRead, make_read},
    {ReceiverKind::kDiscard, make_discard},
    {ReceiverKind::kSpliceNull, make_splice_null},
    {ReceiverKind::kZerocopyReceive, make_zerocopy_receive},
    {ReceiverKind::kSave, make_save},
    {ReceiverKind::kSaveSplice, make_save_splice},
};

}  // namespace

std::unique_ptr<Taker> make_taker(const ReceiveOptions& options, const Interrupt& interrupt) {
  for (const Entry& entry : kTakers) {
    if (entry.kind == options.kind) return entry.make(options, interrupt);
  }
  return nullptr;  // no enumerator is without a line
}

}  // namespace zcl
