#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "measured_run.h"
#include "paths/sink.h"
#include "paths/source_set.h"
#include "run_request.h"
#include "sending.h"
#include "transfer.h"

namespace zcl {

/// A transfer from a file, or of many objects.
class Run final : public MeasuredRun {
 public:
  Run(SourceSet sources, RunRequest request) : sources_(std::move(sources)), request_(std::move(request)) {}

  uint64_t bytes_so_far() const override;

 private:
  struct Sent;

  Result<Measurement> perform() override;
  void close() override;
  Result<Measurement> transfer_first(Sending& sending, int64_t begun_ns);
  Result<Measurement> transfer_objects(Sending& sending, int64_t begun_ns);
  template <class Work>
  Result<Sent> timed(Mode& mode, Work work);
  Status open_far_end(uint64_t bytes, const std::optional<DigestShape>& shape);
  Result<Arrival> settle(Status& sent);
  Result<Arrival> arrived_in_files(Status& sent);
  Measurement measure(const Sent& sent, const Mode& mode, const Arrival& arrival, int64_t begun_ns);
  Result<Verification> verify(const Source& input, Sink& sink, Arrival arrival);

  SourceSet sources_;
  RunRequest request_;

  mutable std::mutex mutex_;  // guards the sink, which bytes_so_far looks at
  std::unique_ptr<Sink> sink_;
  std::atomic<uint64_t> moved_{0};  // where there is no sink: none any more, or one for each of many objects
};

}  // namespace zcl
