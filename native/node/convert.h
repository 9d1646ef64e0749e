#pragma once

#include <napi.h>

#include "core/result.h"
#include "exchange_run.h"
#include "hazards/hazard_run.h"
#include "host/interface.h"
#include "laboratory/settings.h"
#include "measure/calibration/calibrate.h"
#include "measure/perf/rights.h"
#include "measure/perf/sampler.h"
#include "paths/source.h"
#include "receiver/wire/remote.h"
#include "run.h"

/// Between JavaScript values and the core's, in the shapes of native/addon.d.ts.
namespace zcl {

Napi::Object success(Napi::Env env, Napi::Value value);
Napi::Object failure(Napi::Env env, const Error& error);
/// An `Outcome<null>`.
Napi::Object outcome(Napi::Env env, const Status& status);

Napi::Value to_js(Napi::Env env, const Measurement& measurement);
Napi::Value to_js(Napi::Env env, const HazardReport& report);
Napi::Value to_js(Napi::Env env, const InterfaceFeatures& features);
Napi::Value to_js(Napi::Env env, const LaboratoryReading& reading);
Napi::Value to_js(Napi::Env env, const Calibration& calibration);
Napi::Value to_js(Napi::Env env, const EvidenceRights& rights);
Napi::Value to_js(Napi::Env env, const SampledStacks& sampled);
Napi::Value to_js(Napi::Env env, const RemoteDescription& description);

struct SourceRequest {
  bool generated = false;
  std::optional<uint64_t> objects;  ///< many generated ones: how many
  std::string path;                 ///< of the file, or of the folder to generate in
  uint64_t bytes = 0;
  uint64_t seed = 0;
  bool linkable = false;  ///< it may get a name later
};

Result<SourceRequest> source_request(Napi::Value value);
Result<RunRequest> run_request(Napi::Value value);
Result<HazardRequest> hazard_request(Napi::Value value);
Result<ExchangeRequest> exchange_request(Napi::Value value);
Result<RemoteReceiver> remote_receiver(Napi::Value value);
Result<LaboratorySettings> laboratory_settings(Napi::Value value);
/// A whole number from 0 to 2^53 - 1.
Result<uint64_t> whole_number(Napi::Value value, const char* name);
Result<std::string> text(Napi::Value value, const char* name);

}  // namespace zcl
