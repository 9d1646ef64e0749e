#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "core/result.h"
#include "measure/io_workers.h"
#include "measured_run.h"
#include "paths/sink.h"
#include "paths/source_set.h"
#include "run_request.h"
#include "sending.h"
#include "streams/assembly.h"
#include "streams/intervals.h"
#include "streams/totals.h"

namespace zcl {

/// A transfer from a file, by one stream or several, or of many objects.
class Run final : public MeasuredRun {
 public:
  Run(SourceSet sources, RunRequest request) : sources_(std::move(sources)), request_(std::move(request)) {}

  uint64_t bytes_so_far() const override;

 private:
  Result<Measurement> perform() override;
  void close() override;

  Result<Measurement> transfer_streams(int64_t begun_ns);
  Status make_lanes();
  Status run_lanes();
  void run_lane(Lane& lane);
  Status go_through(Lane& lane);
  void begin_window();
  void end_window();
  void fail(Error error);

  Result<Measurement> transfer_objects(int64_t begun_ns);
  Result<Arrival> settle_objects(Status& sent, Sink* stream);

  SourceSet sources_;
  RunRequest request_;

  mutable std::mutex mutex_;  // guards what is below, which bytes_so_far looks at
  Lanes lanes_;
  std::unique_ptr<Sink> stream_;    // of objects to a socket
  std::atomic<uint64_t> moved_{0};  // where there is none of these: none any more, or one for each of many objects
  std::optional<Error> failure_;    // of the lane that failed first

  std::unique_ptr<Assembly> ready_;  // where lanes wait until all can begin
  std::unique_ptr<Assembly> done_;   // and until all are at the end of their window
  std::optional<IoWorkers> workers_;
  IoWorkerCost worker_cost_;
  CallCounter calls_;  // of all lanes, as they are at the end of the window
  std::unique_ptr<IntervalWatch> watch_;
};

}  // namespace zcl
