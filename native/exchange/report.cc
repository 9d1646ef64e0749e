#include "exchange/report.h"

#include <algorithm>
#include <cstring>

namespace zcl {
namespace {

/// As much of `text` as there is room for, and a zero: the memory was all zeros.
template <size_t Size>
void put(char (&place)[Size], const std::string& text) {
  std::memcpy(place, text.data(), std::min(text.size(), Size - 1));
}

void put(const Control& control, const Digest& digest) {
  Report& report = control.block().report;
  report.digest_whole = digest.whole;
  report.digest_unit_sum = digest.unit_sum;
  // One block more than expected is enough to see that something is there that should not be.
  report.digest_blocks = std::min<uint64_t>(digest.blocks.size(), control.most_digest_blocks());
  std::copy_n(digest.blocks.begin(), report.digest_blocks, control.digest_blocks());
}

Digest read_digest(const Control& control) {
  const Report& report = control.block().report;
  const uint64_t* blocks = control.digest_blocks();
  return {report.bytes, report.digest_whole, {blocks, blocks + report.digest_blocks}, report.digest_unit_sum};
}

}  // namespace

void write_report(const Control& control, const Result<Consumed>& outcome) {
  Report& report = control.block().report;
  if (!outcome.ok()) {
    put(report.code, outcome.error().code);
    put(report.call, outcome.error().call);
    put(report.message, outcome.error().message);
    report.kind = Report::Kind::kFailed;
    return;
  }
  report.bytes = outcome->bytes;
  report.sum = outcome->sum;
  report.complete_ns = outcome->complete_ns;
  report.usage = outcome->cost;
  for (size_t i = 0; i < outcome->cost.calls.size(); ++i) {
    put(report.calls[i].name, outcome->cost.calls[i].name);
    report.calls[i].times = outcome->cost.calls[i].times;
  }
  if (outcome->digest) put(control, *outcome->digest);
  report.kind = Report::Kind::kConsumed;
}

std::optional<Result<Consumed>> read_report(const Control& control) {
  const Report& report = control.block().report;
  if (report.kind == Report::Kind::kNone) return {};
  if (report.kind == Report::Kind::kFailed) return Error{report.code, report.call, report.message, {}};
  ThreadCost cost{report.usage, {}};
  for (const Report::Call& call : report.calls) {
    if (call.times > 0) cost.calls.push_back({call.name, call.times});
  }
  std::optional<Digest> digest;
  if (control.block().orders.shape.block_bytes > 0) digest = read_digest(control);
  return Consumed{report.bytes, report.sum, report.complete_ns, std::move(cost), std::move(digest)};
}

}  // namespace zcl
