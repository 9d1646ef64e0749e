#pragma once

#include <optional>

#include "core/interrupt.h"
#include "core/result.h"
#include "pace.h"
#include "paths/source.h"
#include "run_request.h"
#include "transfer.h"

namespace zcl {

/// How the sender of a run moves inputs: by its mode, at its pace, and on to the disk if that is asked for.
class Sending {
 public:
  /// All three must outlive it.
  Sending(Mode& mode, const RunRequest& request, const Interrupt& interrupt);

  Mode& mode() { return mode_; }
  CallCounter& calls() { return mode_.calls(); }
  const RunRequest& request() const { return request_; }

  /// `input` and what `output` borrows must outlive it.
  Job job(const Source& input, const Output& output);

  /// Moves an input for which the mode is prepared. Part of the timed window.
  Status move(const Job& job);

 private:
  Status sync(const Job& job);

  Mode& mode_;
  const RunRequest& request_;
  const Interrupt& interrupt_;
  std::optional<Pace> pace_;
};

}  // namespace zcl
