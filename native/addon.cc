// The addon as Node sees it: arguments in, promises out. What is done with them is the core's business, which knows
// nothing of Node; what crosses the border, in which shape, is in native/addon.d.ts.

#include <napi.h>

#include <algorithm>

#include "core/result.h"
#include "exchange_run.h"
#include "hazards/hazard_run.h"
#include "host/interface.h"
#include "host/lock_file.h"
#include "host/route.h"
#include "laboratory/laboratory.h"
#include "measure/calibration/calibrate.h"
#include "measure/perf/rights.h"
#include "measure/perf/sampler.h"
#include "node/convert.h"
#include "node/task.h"
#include "paths/source_set.h"
#include "receiver/wire/remote.h"
#include "run.h"

namespace zcl {
namespace {

/// What belongs to one environment.
struct Instance {
  Tasks tasks;
  Napi::FunctionReference source;
  Napi::FunctionReference transfer;
  Napi::FunctionReference hazard;
  Napi::FunctionReference lock;
  Napi::FunctionReference sampler;
  Napi::FunctionReference laboratory;
};

Instance& instance_of(Napi::Env env) {
  return *env.GetInstanceData<Instance>();
}

/// Hands a value of the core's to the constructor of a wrapper, which JavaScript calls.
template <class T>
Napi::Value wrap(const Napi::FunctionReference& constructor, T value) {
  return constructor.New({Napi::External<T>::New(constructor.Env(), &value)});
}

template <class T>
T unwrap(const Napi::CallbackInfo& info) {
  return info[0].IsExternal() ? std::move(*info[0].As<Napi::External<T>>().Data()) : T();
}

/// A task whose work is a function that gives a Status, and whose answer is an `Outcome<null>`.
class StatusTask final : public Task {
 public:
  using Work = Status (*)(const SourceSet&, const Interrupt&);
  StatusTask(SourceSet source, Work work) : source_(std::move(source)), work_(work) {}

  void work() override { status_ = work_(source_, interrupt_); }
  void cancel() override { interrupt_.request(); }
  Napi::Value answer(Napi::Env env) override { return outcome(env, status_); }
  Napi::Value refuse(Napi::Env env, const Error& error) override { return failure(env, error); }

 private:
  const SourceSet source_;
  const Work work_;
  Interrupt interrupt_;
  Status status_;
};

Napi::Promise resolved(Napi::Env env, Napi::Value value) {
  const Napi::Promise::Deferred deferred = Napi::Promise::Deferred::New(env);
  deferred.Resolve(value);
  return deferred.Promise();
}

/// `NativeSource`.
class SourceObject final : public Napi::ObjectWrap<SourceObject> {
 public:
  static constexpr napi_type_tag kTag{0x5a6c7f4f2b0e4a11, 0x9d3e55c1a0b84c72};

  static Napi::Function define(Napi::Env env) {
    return DefineClass(
        env, "NativeSource",
        {InstanceAccessor<&SourceObject::bytes>("bytes"), InstanceMethod<&SourceObject::residency>("residency"),
         InstanceMethod<&SourceObject::warm>("warm"), InstanceMethod<&SourceObject::drop>("drop"),
         InstanceMethod<&SourceObject::unchanged>("unchanged"), InstanceMethod<&SourceObject::close>("close")});
  }

  explicit SourceObject(const Napi::CallbackInfo& info) : ObjectWrap(info), source_(unwrap<SourceSet>(info)) {
    info.This().As<Napi::Object>().TypeTag(&kTag);
  }

  /// The source behind a value from JavaScript, for another thread to use and close.
  static Result<SourceSet> share(Napi::Value value) {
    if (!value.IsObject() || !value.As<Napi::Object>().CheckTypeTag(&kTag)) {
      return bad_argument("The source must come from openSource.");
    }
    return Unwrap(value.As<Napi::Object>())->share();
  }

 private:
  Result<SourceSet> share() const {
    if (source_.empty()) return bad_argument("The source is closed.");
    return source_;
  }

  Napi::Value bytes(const Napi::CallbackInfo& info) {
    return Napi::Number::New(info.Env(), source_.empty() ? 0.0 : static_cast<double>(source_.bytes()));
  }

  Napi::Value residency(const Napi::CallbackInfo& info) {
    const Napi::Env env = info.Env();
    if (source_.empty()) return failure(env, bad_argument("The source is closed."));
    const Result<std::optional<double>> share = source_.residency();
    if (!share.ok()) return failure(env, share.error());
    return success(env, *share ? Napi::Number::New(env, **share) : env.Null());
  }

  Napi::Value warm(const Napi::CallbackInfo& info) {
    return start(info.Env(),
                 [](const SourceSet& source, const Interrupt& interrupt) { return source.warm(interrupt); });
  }

  Napi::Value drop(const Napi::CallbackInfo& info) {
    return start(info.Env(), [](const SourceSet& source, const Interrupt&) { return source.drop(); });
  }

  Napi::Value unchanged(const Napi::CallbackInfo& info) {
    if (source_.empty()) return failure(info.Env(), bad_argument("The source is closed."));
    return outcome(info.Env(), source_.unchanged());
  }

  void close(const Napi::CallbackInfo&) { source_ = SourceSet(); }

  Napi::Value start(Napi::Env env, StatusTask::Work work) {
    Result<SourceSet> source = share();
    if (!source.ok()) return resolved(env, failure(env, source.error()));
    return instance_of(env).tasks.start(env, std::make_unique<StatusTask>(std::move(*source), work));
  }

  SourceSet source_;
};

Result<SourceSet> make_source(const SourceRequest& request, const Interrupt& interrupt) {
  if (request.objects) {
    return SourceSet::generate(request.path, request.bytes, *request.objects, request.seed, interrupt);
  }
  const Link link = request.linkable ? Link::kMayGet : Link::kNever;
  Result<Source> only = request.generated ? Source::generate(request.path, request.bytes, request.seed, link, interrupt)
                                          : Source::open_file(request.path);
  if (!only.ok()) return std::move(only).error();
  return SourceSet(std::move(*only));
}

class OpenTask final : public Task {
 public:
  explicit OpenTask(SourceRequest request) : request_(std::move(request)) {}

  void work() override { source_ = std::make_unique<Result<SourceSet>>(make_source(request_, interrupt_)); }
  void cancel() override { interrupt_.request(); }
  Napi::Value answer(Napi::Env env) override {
    if (!source_->ok()) return failure(env, source_->error());
    return success(env, wrap(instance_of(env).source, std::move(**source_)));
  }
  Napi::Value refuse(Napi::Env env, const Error& error) override { return failure(env, error); }

 private:
  const SourceRequest request_;
  Interrupt interrupt_;
  std::unique_ptr<Result<SourceSet>> source_;
};

class CalibrateTask final : public Task {
 public:
  explicit CalibrateTask(std::string directory) : directory_(std::move(directory)) {}

  void work() override { outcome_ = std::make_unique<Result<Calibration>>(zcl::calibrate(directory_, interrupt_)); }
  void cancel() override { interrupt_.request(); }
  Napi::Value answer(Napi::Env env) override {
    return outcome_->ok() ? success(env, to_js(env, **outcome_)) : failure(env, outcome_->error());
  }
  Napi::Value refuse(Napi::Env env, const Error& error) override { return failure(env, error); }

 private:
  const std::string directory_;
  Interrupt interrupt_;
  std::unique_ptr<Result<Calibration>> outcome_;
};

class DescribeTask final : public Task {
 public:
  explicit DescribeTask(RemoteReceiver receiver) : receiver_(std::move(receiver)) {}

  void work() override {
    const Interruptible reachable(interrupt_);
    description_ = std::make_unique<Result<RemoteDescription>>(describe(receiver_, interrupt_));
  }
  void cancel() override { interrupt_.request(); }
  Napi::Value answer(Napi::Env env) override {
    return description_->ok() ? success(env, to_js(env, **description_)) : failure(env, description_->error());
  }
  Napi::Value refuse(Napi::Env env, const Error& error) override { return failure(env, error); }

 private:
  const RemoteReceiver receiver_;
  Interrupt interrupt_;
  std::unique_ptr<Result<RemoteDescription>> description_;
};

/// `NativeTransfer`. Owns the run; kept from the garbage collector while it lasts.
class TransferObject final : public Napi::ObjectWrap<TransferObject> {
 public:
  static Napi::Function define(Napi::Env env) {
    return DefineClass(
        env, "NativeTransfer",
        {InstanceMethod<&TransferObject::cancel>("cancel"), InstanceMethod<&TransferObject::nudge>("nudge"),
         InstanceMethod<&TransferObject::bytes_so_far>("bytesSoFar")});
  }

  explicit TransferObject(const Napi::CallbackInfo& info)
      : ObjectWrap(info), run_(unwrap<std::unique_ptr<MeasuredRun>>(info)) {}

  /// Null for a transfer that never began.
  MeasuredRun* run() const { return run_.get(); }

 private:
  void cancel(const Napi::CallbackInfo&) {
    if (run_) run_->cancel();
  }

  void nudge(const Napi::CallbackInfo&) {
    if (run_) run_->nudge();
  }

  Napi::Value bytes_so_far(const Napi::CallbackInfo& info) {
    return Napi::Number::New(info.Env(), run_ ? static_cast<double>(run_->bytes_so_far()) : 0.0);
  }

  std::unique_ptr<MeasuredRun> run_;
};

/// `NativeHazard`. Owns the run; kept from the garbage collector while it lasts.
class HazardObject final : public Napi::ObjectWrap<HazardObject> {
 public:
  static Napi::Function define(Napi::Env env) {
    return DefineClass(
        env, "NativeHazard",
        {InstanceMethod<&HazardObject::cancel>("cancel"), InstanceMethod<&HazardObject::happened>("happened")});
  }

  explicit HazardObject(const Napi::CallbackInfo& info)
      : ObjectWrap(info), run_(unwrap<std::unique_ptr<HazardRun>>(info)) {}

  /// Null for a hazard that never began.
  HazardRun* run() const { return run_.get(); }

 private:
  void cancel(const Napi::CallbackInfo&) {
    if (run_) run_->cancel();
  }

  Napi::Value happened(const Napi::CallbackInfo& info) {
    return Napi::Boolean::New(info.Env(), run_ && run_->happened());
  }

  std::unique_ptr<HazardRun> run_;
};

/// `NativeLock`.
class LockObject final : public Napi::ObjectWrap<LockObject> {
 public:
  static Napi::Function define(Napi::Env env) {
    return DefineClass(env, "NativeLock", {InstanceMethod<&LockObject::release>("release")});
  }

  explicit LockObject(const Napi::CallbackInfo& info) : ObjectWrap(info), file_(unwrap<UniqueFd>(info)) {}

 private:
  void release(const Napi::CallbackInfo&) { file_.reset(); }

  UniqueFd file_;
};

/// `NativeSampler`.
class SamplerObject final : public Napi::ObjectWrap<SamplerObject> {
 public:
  static Napi::Function define(Napi::Env env) {
    return DefineClass(
        env, "NativeSampler",
        {InstanceMethod<&SamplerObject::collect>("collect"), InstanceMethod<&SamplerObject::close>("close")});
  }

  explicit SamplerObject(const Napi::CallbackInfo& info)
      : ObjectWrap(info), sampler_(unwrap<std::unique_ptr<Sampler>>(info)) {}

 private:
  Napi::Value collect(const Napi::CallbackInfo& info) {
    const Napi::Env env = info.Env();
    const Result<uint64_t> from_ns = whole_number(info[0], "fromNs");
    if (!from_ns.ok()) return failure(env, from_ns.error());
    const Result<uint64_t> to_ns = whole_number(info[1], "toNs");
    if (!to_ns.ok()) return failure(env, to_ns.error());
    if (!sampler_) return failure(env, bad_argument("The sampler is closed."));
    return success(env, to_js(env, sampler_->collect(static_cast<int64_t>(*from_ns), static_cast<int64_t>(*to_ns))));
  }

  void close(const Napi::CallbackInfo&) { sampler_.reset(); }

  std::unique_ptr<Sampler> sampler_;
};

/// `NativeLaboratory`.
class LaboratoryObject final : public Napi::ObjectWrap<LaboratoryObject> {
 public:
  static constexpr napi_type_tag kTag{0x2f8e1c7ab9d04365, 0x84a1d2e7f05b93c6};

  static Napi::Function define(Napi::Env env) {
    return DefineClass(
        env, "NativeLaboratory",
        {InstanceMethod<&LaboratoryObject::read>("read"), InstanceMethod<&LaboratoryObject::close>("close")});
  }

  explicit LaboratoryObject(const Napi::CallbackInfo& info)
      : ObjectWrap(info), laboratory_(unwrap<std::shared_ptr<const Laboratory>>(info)) {
    info.This().As<Napi::Object>().TypeTag(&kTag);
  }

  /// The laboratory behind a value from JavaScript; none behind undefined.
  static Result<std::shared_ptr<const Laboratory>> share(Napi::Value value) {
    if (value.IsUndefined()) return std::shared_ptr<const Laboratory>();
    if (!value.IsObject() || !value.As<Napi::Object>().CheckTypeTag(&kTag)) {
      return bad_argument("The laboratory must come from openLaboratory.");
    }
    std::shared_ptr<const Laboratory> laboratory = Unwrap(value.As<Napi::Object>())->laboratory_;
    if (laboratory) return laboratory;
    return bad_argument("The laboratory is closed.");
  }

 private:
  Napi::Value read(const Napi::CallbackInfo& info) {
    const Napi::Env env = info.Env();
    if (!laboratory_) return failure(env, bad_argument("The laboratory is closed."));
    const Result<LaboratoryReading> reading = laboratory_->read();
    return reading.ok() ? success(env, to_js(env, *reading)) : failure(env, reading.error());
  }

  void close(const Napi::CallbackInfo&) { laboratory_.reset(); }

  std::shared_ptr<const Laboratory> laboratory_;
};

class LaboratoryTask final : public Task {
 public:
  explicit LaboratoryTask(LaboratorySettings settings) : settings_(settings) {}

  void work() override {
    outcome_ = std::make_unique<Result<std::shared_ptr<const Laboratory>>>(Laboratory::make(settings_, interrupt_));
  }
  void cancel() override { interrupt_.request(); }
  Napi::Value answer(Napi::Env env) override {
    if (!outcome_->ok()) return failure(env, outcome_->error());
    return success(env, wrap(instance_of(env).laboratory, std::move(**outcome_)));
  }
  Napi::Value refuse(Napi::Env env, const Error& error) override { return failure(env, error); }

 private:
  const LaboratorySettings settings_;
  Interrupt interrupt_;
  std::unique_ptr<Result<std::shared_ptr<const Laboratory>>> outcome_;
};

/// Executes the run of a wrapper, which it keeps alive, and answers with what came of it.
template <class Object, class Outcome>
class RunTask final : public Task {
 public:
  explicit RunTask(Object& object) : object_(object) { object_.Ref(); }

  void work() override { outcome_ = std::make_unique<Result<Outcome>>(object_.run()->execute()); }
  void cancel() override { object_.run()->cancel(); }
  Napi::Value answer(Napi::Env env) override {
    object_.Unref();
    return outcome_->ok() ? success(env, to_js(env, **outcome_)) : failure(env, outcome_->error());
  }
  Napi::Value refuse(Napi::Env env, const Error& error) override {
    object_.Unref();
    return failure(env, error);
  }

 private:
  Object& object_;
  std::unique_ptr<Result<Outcome>> outcome_;
};

/// A wrapper for `run` with its promise `done`: begun, or failed before it began.
template <class Object, class Outcome, class R>
Napi::Value begin(const Napi::CallbackInfo& info, const Napi::FunctionReference& constructor,
                  Result<std::unique_ptr<R>> run) {
  const Napi::Env env = info.Env();
  const Napi::Object object =
      wrap(constructor, run.ok() ? std::move(*run) : std::unique_ptr<R>()).template As<Napi::Object>();
  const Napi::Promise done =
      run.ok() ? instance_of(env).tasks.start(env, std::make_unique<RunTask<Object, Outcome>>(*Object::Unwrap(object)))
               : resolved(env, failure(env, run.error()));
  object.DefineProperty(Napi::PropertyDescriptor::Value("done", done, napi_enumerable));
  return object;
}

Napi::Value open_source(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  Result<SourceRequest> request = source_request(info[0]);
  if (!request.ok()) return resolved(env, failure(env, request.error()));
  return instance_of(env).tasks.start(env, std::make_unique<OpenTask>(std::move(*request)));
}

using PreparedRun = Result<std::unique_ptr<MeasuredRun>>;

PreparedRun prepare_transfer(const Napi::CallbackInfo& info) {
  Result<SourceSet> source = SourceObject::share(info[0]);
  if (!source.ok()) return std::move(source).error();
  Result<RunRequest> request = run_request(info[1]);
  if (!request.ok()) return std::move(request).error();
  Result<std::shared_ptr<const Laboratory>> laboratory = LaboratoryObject::share(info[2]);
  if (!laboratory.ok()) return std::move(laboratory).error();
  request->socket.laboratory = std::move(*laboratory);
  return std::unique_ptr<MeasuredRun>(std::make_unique<Run>(std::move(*source), std::move(*request)));
}

Result<std::unique_ptr<HazardRun>> prepare_hazard(const Napi::CallbackInfo& info) {
  const Result<SourceSet> source = SourceObject::share(info[0]);
  if (!source.ok()) return source.error();
  Result<HazardRequest> request = hazard_request(info[1]);
  if (!request.ok()) return std::move(request).error();
  Result<Source> first = source->first().share();
  if (!first.ok()) return std::move(first).error();
  return std::make_unique<HazardRun>(std::move(*first), std::move(*request));
}

PreparedRun prepare_exchange(const Napi::CallbackInfo& info) {
  Result<ExchangeRequest> request = exchange_request(info[0]);
  if (!request.ok()) return std::move(request).error();
  return std::unique_ptr<MeasuredRun>(std::make_unique<ExchangeRun>(std::move(*request)));
}

Napi::Value start_hazard(const Napi::CallbackInfo& info) {
  return begin<HazardObject, HazardReport>(info, instance_of(info.Env()).hazard, prepare_hazard(info));
}

Napi::Value start_transfer(const Napi::CallbackInfo& info) {
  return begin<TransferObject, Measurement>(info, instance_of(info.Env()).transfer, prepare_transfer(info));
}

Napi::Value start_exchange(const Napi::CallbackInfo& info) {
  return begin<TransferObject, Measurement>(info, instance_of(info.Env()).transfer, prepare_exchange(info));
}

Napi::Value lock_file(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const Result<std::string> path = text(info[0], "file");
  if (!path.ok()) return failure(env, path.error());
  const Result<std::string> note = text(info[1], "note");
  if (!note.ok()) return failure(env, note.error());
  Result<UniqueFd> lock = take_lock(*path, *note);
  if (!lock.ok()) return failure(env, lock.error());
  return success(env, wrap(instance_of(env).lock, std::move(*lock)));
}

Napi::Value is_file_locked(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const Result<std::string> path = text(info[0], "file");
  if (!path.ok()) return failure(env, path.error());
  const Result<bool> locked = is_locked(*path);
  if (!locked.ok()) return failure(env, locked.error());
  return success(env, Napi::Boolean::New(env, *locked));
}

Napi::Value ask_evidence_rights(const Napi::CallbackInfo& info) {
  return to_js(info.Env(), evidence_rights());
}

Napi::Value open_sampler(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const Result<uint64_t> rate = whole_number(info[0], "samplesPerSecond");
  if (!rate.ok()) return failure(env, rate.error());
  if (!info[1].IsBoolean()) return failure(env, bad_argument("cpuWide must be true or false."));
  const bool cpu_wide = info[1].As<Napi::Boolean>().Value();
  Result<Sampler> sampler = Sampler::open(*rate, cpu_wide ? Sampler::Scope::kAllCpus : Sampler::Scope::kOwnTasks);
  if (!sampler.ok()) return failure(env, sampler.error());
  return success(env, wrap(instance_of(env).sampler, std::make_unique<Sampler>(std::move(*sampler))));
}

Napi::Value describe_receiver(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  Result<RemoteReceiver> receiver = remote_receiver(info[0]);
  if (!receiver.ok()) return resolved(env, failure(env, receiver.error()));
  return instance_of(env).tasks.start(env, std::make_unique<DescribeTask>(std::move(*receiver)));
}

Napi::Value ask_interface(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const Result<std::string> name = text(info[0], "name");
  if (!name.ok()) return failure(env, name.error());
  const Result<InterfaceFeatures> features = interface_features(*name);
  if (!features.ok()) return failure(env, features.error());
  return success(env, to_js(env, *features));
}

Napi::Value ask_route(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const Result<std::string> address = text(info[0], "address");
  if (!address.ok()) return failure(env, address.error());
  const Result<uint64_t> port = whole_number(info[1], "port");
  if (!port.ok()) return failure(env, port.error());
  const Result<Endpoint> there = Endpoint::of(*address, static_cast<uint16_t>(*port));
  if (!there.ok()) return failure(env, there.error());
  const Result<std::string> name = interface_towards(*there);
  if (!name.ok()) return failure(env, name.error());
  return success(env, Napi::String::New(env, *name));
}

Napi::Value open_laboratory(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const Result<LaboratorySettings> settings = laboratory_settings(info[0]);
  if (!settings.ok()) return resolved(env, failure(env, settings.error()));
  return instance_of(env).tasks.start(env, std::make_unique<LaboratoryTask>(*settings));
}

Napi::Value calibrate(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  Result<std::string> directory = text(info[0], "directory");
  if (!directory.ok()) return resolved(env, failure(env, directory.error()));
  return instance_of(env).tasks.start(env, std::make_unique<CalibrateTask>(std::move(*directory)));
}

/// Ids of all modes, of whatever path.
std::vector<std::string> all_ids() {
  std::vector<std::string> ids = mode_ids();
  const std::vector<std::string> exchanges = exchange_ids();
  ids.insert(ids.end(), exchanges.begin(), exchanges.end());
  std::sort(ids.begin(), ids.end());
  return ids;
}

Napi::Object initialise(Napi::Env env, Napi::Object exports) {
  auto* instance = new Instance;
  env.SetInstanceData(instance);
  instance->source = Napi::Persistent(SourceObject::define(env));
  instance->transfer = Napi::Persistent(TransferObject::define(env));
  instance->hazard = Napi::Persistent(HazardObject::define(env));
  instance->lock = Napi::Persistent(LockObject::define(env));
  instance->sampler = Napi::Persistent(SamplerObject::define(env));
  instance->laboratory = Napi::Persistent(LaboratoryObject::define(env));

  const std::vector<std::string> ids = all_ids();
  Napi::Array modes = Napi::Array::New(env, ids.size());
  for (size_t i = 0; i < ids.size(); ++i) modes.Set(static_cast<uint32_t>(i), ids[i]);
  exports.Set("modes", modes);
  exports.Set("openSource", Napi::Function::New(env, open_source));
  exports.Set("startTransfer", Napi::Function::New(env, start_transfer));
  exports.Set("startHazard", Napi::Function::New(env, start_hazard));
  exports.Set("startExchange", Napi::Function::New(env, start_exchange));
  exports.Set("lockFile", Napi::Function::New(env, lock_file));
  exports.Set("isLocked", Napi::Function::New(env, is_file_locked));
  exports.Set("calibrate", Napi::Function::New(env, calibrate));
  exports.Set("evidenceRights", Napi::Function::New(env, ask_evidence_rights));
  exports.Set("openSampler", Napi::Function::New(env, open_sampler));
  exports.Set("describeReceiver", Napi::Function::New(env, describe_receiver));
  exports.Set("openLaboratory", Napi::Function::New(env, open_laboratory));
  exports.Set("interfaceFeatures", Napi::Function::New(env, ask_interface));
  exports.Set("interfaceTowards", Napi::Function::New(env, ask_route));
  return exports;
}

NODE_API_MODULE(NODE_GYP_MODULE_NAME, initialise)

}  // namespace
}  // namespace zcl
