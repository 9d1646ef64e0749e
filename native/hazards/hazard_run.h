#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "core/interrupt.h"
#include "core/result.h"
#include "hazards/hazard.h"
#include "paths/source.h"
#include "run_request.h"

namespace zcl {

struct HazardRequest {
  RunRequest transfer;
  HazardKind kind;
  uint64_t at_byte;
  bool
      at_receiver;  ///< a hazard of the source happens when the receiver has taken so much, not before a sender's chunk
};

/// What the system did; the fields are those of HazardReport in native/addon.d.ts.
struct HazardReport {
  bool happened;
  uint64_t arrived_bytes;
  std::optional<Error> error;
  std::optional<uint64_t> differs_from_byte;
};

/// One transfer that something happens to. `execute` runs on a thread of its own; the rest may be called from any.
class HazardRun {
 public:
  /// @param source a generated one: it is written to
  HazardRun(Source source, HazardRequest request)
      : source_(std::move(source)),
        request_(std::move(request)),
        hazard_(request_.kind, source_.fd(), source_.bytes(), request_.at_byte, source_.path()) {}

  /// Fails only where the transfer or the hazard could not be set up. Call once.
  Result<HazardReport> execute();

  void cancel() { interrupt_.request(); }
  /// Whether the moment has come.
  bool happened() const { return hazard_.happened(); }

 private:
  Result<HazardReport> perform();
  Result<HazardReport> transfer(Mode& mode, const Source& input, Sink& sink);
  Status move(Mode& mode, const Job& job);

  Source source_;
  HazardRequest request_;
  Hazard hazard_;
  Interrupt interrupt_;
};

}  // namespace zcl
