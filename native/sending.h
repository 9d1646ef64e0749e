#pragma once

#include <optional>

#include "core/interrupt.h"
#include "core/result.h"
#include "pace.h"
#include "paths/source.h"
#include "run_request.h"
#include "streams/ranges.h"
#include "transfer.h"

namespace zcl {

/// How the sender of a run moves inputs: by its mode, at its pace, and on to the disk if that is asked for.
class Sending {
 public:
  /// All three must outlive it. Of several streams each has its share of the pace.
  Sending(Mode& mode, const RunRequest& request, const Interrupt& interrupt);

  Mode& mode() { return mode_; }
  CallCounter& calls() { return mode_.calls(); }
  const RunRequest& request() const { return request_; }

  /// `input` and what `output` borrows must outlive it.
  Job job(const Source& input, const Output& output) { return job(input, {0, input.bytes()}, output); }

  /// The same for a range of the input, where its file is positioned.
  Job job(const Source& input, const Range& range, const Output& output);

  /// Moves an input for which the mode is prepared, again and again if there is a time for it. Part of the timed
  /// window.
  Status move(const Job& job);

 private:
  Status move_once(const Job& job);
  Status move_for(const Job& job, int64_t duration_ns);
  Status uncork(const Job& job);
  Status sync(const Job& job);

  Mode& mode_;
  const RunRequest& request_;
  const Interrupt& interrupt_;
  std::optional<Pace> pace_;
};

}  // namespace zcl
