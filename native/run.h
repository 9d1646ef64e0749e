#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "measured_run.h"
#include "paths/sink.h"
#include "paths/source.h"
#include "run_request.h"
#include "transfer.h"

namespace zcl {

/// A transfer from a file.
class Run final : public MeasuredRun {
 public:
  Run(Source source, RunRequest request) : source_(std::move(source)), request_(std::move(request)) {}

  uint64_t bytes_so_far() const override;

 private:
  Result<Measurement> perform() override;
  void close() override;
  Result<Measurement> transfer(Mode& mode, const Source& input, Sink& sink, int64_t begun_ns);
  Status move(Mode& mode, const Job& job);
  Result<Verification> verify(const Source& input, Sink& sink, Arrival arrival);
  void show(std::unique_ptr<Sink> sink);

  Source source_;
  const RunRequest request_;

  mutable std::mutex mutex_;  // guards what bytes_so_far looks at
  std::unique_ptr<Sink> sink_;
  uint64_t final_bytes_ = 0;
};

}  // namespace zcl
