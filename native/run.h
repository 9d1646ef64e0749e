#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/interrupt.h"
#include "core/result.h"
#include "measure/thread_cost.h"
#include "paths/sink.h"
#include "paths/source.h"
#include "run_request.h"
#include "transfer.h"
#include "verify/compare.h"

namespace zcl {

struct Verification {
  const char* how;
  Verdict verdict;
};

/// What one transfer measured. Times in ns; the fields are those of TransferMeasurement in native/addon.d.ts.
struct Measurement {
  uint64_t bytes;
  int64_t wall_ns;
  int64_t sender_done_ns;
  int64_t setup_ns;
  ThreadCost sender;
  std::optional<ThreadCost> receiver;
  std::optional<ZerocopyCount> zerocopy;
  std::vector<Observation> observations;
  std::optional<Verification> verification;
};

/// One transfer from set-up to verdict. `execute` runs on a thread of its own; the rest may be called from any.
class Run {
 public:
  Run(Source source, RunRequest request) : source_(std::move(source)), request_(std::move(request)) {}

  /// Everything it opened is closed when it returns. Call once.
  Result<Measurement> execute();

  void cancel() { interrupt_.request(); }
  void nudge() { interrupt_.nudge(); }

  /// Bytes at the destination, also after the end.
  uint64_t bytes_so_far() const;

 private:
  Result<Measurement> perform();
  Result<Measurement> transfer(Mode& mode, const Source& input, Sink& sink, int64_t begun_ns);
  Result<Verification> verify(const Source& input, Sink& sink, Arrival arrival);
  void show(std::unique_ptr<Sink> sink);
  void hide();

  Source source_;
  const RunRequest request_;
  Interrupt interrupt_;

  mutable std::mutex mutex_;  // guards what bytes_so_far looks at
  std::unique_ptr<Sink> sink_;
  uint64_t final_bytes_ = 0;
};

}  // namespace zcl
