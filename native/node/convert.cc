#include "node/convert.h"

#include <algorithm>
#include <cinttypes>
#include <cmath>
#include <cstdio>
#include <utility>

namespace zcl {
namespace {

constexpr double kLargestInteger = 9007199254740991;  // 2^53 - 1
constexpr char kWholeNumber[] = "a whole number from 0 to 2^53 - 1";

std::optional<uint64_t> integer_of(Napi::Value value) {
  const double number = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : -1;
  if (number >= 0 && number <= kLargestInteger && std::floor(number) == number) return static_cast<uint64_t>(number);
  return {};
}

/// Reads properties of an object that came from outside, and keeps the first thing wrong with them.
class Fields {
 public:
  explicit Fields(Napi::Value value) : value_(value) {
    if (!value.IsObject()) complain("The request", "an object");
  }

  Status status() && { return std::move(status_); }

  std::string text(const char* name) {
    const Napi::Value value = get(name);
    if (value.IsString()) return value.As<Napi::String>().Utf8Value();
    complain(name, "a string");
    return {};
  }

  uint64_t integer(const char* name) {
    const std::optional<uint64_t> number = integer_of(get(name));
    if (!number) complain(name, kWholeNumber);
    return number.value_or(0);
  }

  bool flag(const char* name) {
    const Napi::Value value = get(name);
    if (!value.IsBoolean()) complain(name, "true or false");
    return value.IsBoolean() && value.As<Napi::Boolean>().Value();
  }

  std::optional<bool> optional_flag(const char* name) { return has(name) ? std::optional(flag(name)) : std::nullopt; }

  double share(const char* name) {
    const Napi::Value value = get(name);
    const double number = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : -1;
    if (number >= 0 && number <= 1) return number;
    complain(name, "a number from 0 to 1");
    return 0;
  }

  bool has(const char* name) { return !get(name).IsUndefined(); }

  Napi::Value get(const char* name) {
    const Napi::Env env = value_.Env();
    if (!value_.IsObject()) return env.Undefined();
    const Napi::Value value = value_.As<Napi::Object>().Get(name);
    // A getter may have thrown: that is one more property that is not as it should be.
    if (!env.IsExceptionPending()) return value;
    env.GetAndClearPendingException();
    return env.Undefined();
  }

  void complain(const char* name, const char* expected) {
    if (status_.ok()) status_ = bad_argument(std::string(name) + " must be " + expected + ".");
  }

 private:
  const Napi::Value value_;
  Status status_;
};

Napi::Value number(Napi::Env env, int64_t value) {
  return Napi::Number::New(env, static_cast<double>(value));
}

Napi::Value number(Napi::Env env, uint64_t value) {
  return Napi::Number::New(env, static_cast<double>(value));
}

Napi::Value to_js(Napi::Env env, const ThreadCost& cost) {
  Napi::Object calls = Napi::Object::New(env);
  for (const CallCount& call : cost.calls) calls.Set(call.name, number(env, call.times));
  Napi::Object object = Napi::Object::New(env);
  object.Set("cpuNs", number(env, cost.cpu_ns));
  object.Set("userNs", number(env, cost.user_ns));
  object.Set("systemNs", number(env, cost.system_ns));
  object.Set("voluntarySwitches", number(env, cost.voluntary_switches));
  object.Set("involuntarySwitches", number(env, cost.involuntary_switches));
  object.Set("minorFaults", number(env, cost.minor_faults));
  object.Set("majorFaults", number(env, cost.major_faults));
  object.Set("calls", calls);
  return object;
}

Napi::Value to_js(Napi::Env env, const ZerocopyCount& count) {
  Napi::Object object = Napi::Object::New(env);
  object.Set("sent", number(env, count.sent));
  object.Set("completed", number(env, count.completed));
  object.Set("copied", number(env, count.copied));
  return object;
}

Napi::Value to_js(Napi::Env env, const Verification& verification) {
  const Verdict& verdict = verification.verdict;
  Napi::Object object = Napi::Object::New(env);
  object.Set("ok", verdict.fate == Fate::kIntact);
  object.Set("how", verification.how);
  if (verdict.fate == Fate::kIntact) {
    char hash[17];
    std::snprintf(hash, sizeof hash, "%016" PRIx64, verdict.hash);
    object.Set("bytes", number(env, verdict.sent_bytes));
    object.Set("hash", hash);
    return object;
  }
  object.Set("kind", name_of(verdict.fate));
  object.Set("atByte", number(env, verdict.at_byte));
  object.Set("blockBytes", number(env, verdict.block_bytes));
  object.Set("sentBytes", number(env, verdict.sent_bytes));
  object.Set("arrivedBytes", number(env, verdict.arrived_bytes));
  return object;
}

Napi::Value to_js(Napi::Env env, const std::vector<CallLatency>& latencies) {
  Napi::Array array = Napi::Array::New(env, latencies.size());
  for (size_t i = 0; i < latencies.size(); ++i) {
    const CallLatency& latency = latencies[i];
    Napi::Object object = Napi::Object::New(env);
    object.Set("call", latency.name);
    object.Set("count", number(env, latency.count));
    object.Set("p50Ns", number(env, latency.p50_ns));
    object.Set("p99Ns", number(env, latency.p99_ns));
    object.Set("p999Ns", number(env, latency.p999_ns));
    object.Set("maxNs", number(env, latency.max_ns));
    array.Set(static_cast<uint32_t>(i), object);
  }
  return array;
}

Napi::Value to_js(Napi::Env env, const std::vector<StreamFacts>& streams) {
  Napi::Array array = Napi::Array::New(env, streams.size());
  for (size_t i = 0; i < streams.size(); ++i) {
    const StreamFacts& stream = streams[i];
    Napi::Object object = Napi::Object::New(env);
    object.Set("bytes", number(env, stream.bytes));
    object.Set("doneNs", number(env, stream.done_ns));
    object.Set("rttNs", stream.tcp ? number(env, stream.tcp->rtt_ns) : env.Null());
    object.Set("retransmits", stream.tcp ? number(env, stream.tcp->retransmits) : env.Null());
    array.Set(static_cast<uint32_t>(i), object);
  }
  return array;
}

Napi::Value to_js(Napi::Env env, const Intervals& intervals) {
  Napi::Array bytes = Napi::Array::New(env, intervals.bytes.size());
  for (size_t i = 0; i < intervals.bytes.size(); ++i)
    bytes.Set(static_cast<uint32_t>(i), number(env, intervals.bytes[i]));
  Napi::Object object = Napi::Object::New(env);
  object.Set("everyNs", number(env, intervals.every_ns));
  object.Set("bytes", bytes);
  return object;
}

const char* name_of(SampledThread thread) {
  switch (thread) {
    case SampledThread::kSender:
      return "sender";
    case SampledThread::kReceiver:
      return "receiver";
    case SampledThread::kWorker:
      return "worker";
    default:
      return "kernel";
  }
}

Napi::Value to_js(Napi::Env env, const SampledStack& stack) {
  constexpr uint64_t kLow52Bits = (uint64_t{1} << 52) - 1;
  Napi::Array kernel = Napi::Array::New(env, stack.kernel.size());
  for (size_t i = 0; i < stack.kernel.size(); ++i) {
    kernel.Set(static_cast<uint32_t>(i), number(env, stack.kernel[i] & kLow52Bits));
  }
  Napi::Object object = Napi::Object::New(env);
  object.Set("thread", name_of(stack.thread));
  object.Set("kernel", kernel);
  object.Set("user", stack.user ? Napi::Value(Napi::String::New(env, *stack.user)) : env.Null());
  object.Set("count", number(env, stack.count));
  return object;
}

Napi::Object details(Napi::Env env, const Error& error) {
  Napi::Object details = Napi::Object::New(env);
  details.Set("code", error.code);
  details.Set("call", error.call);
  details.Set("message", error.message);
  if (!error.path.empty()) details.Set("path", error.path);
  return details;
}

/// The value that `name` stands for in a table; the first one, and a complaint, where it is not in it.
template <class T, size_t N>
T read_choice(Fields& fields, const char* name, const std::pair<const char*, T> (&choices)[N]) {
  const std::string wanted = fields.text(name);
  for (const auto& [word, value] : choices) {
    if (wanted == word) return value;
  }
  fields.complain(name, "one of those of native/addon.d.ts");
  return choices[0].second;
}

HazardKind read_hazard(Fields& fields) {
  static constexpr std::pair<const char*, HazardKind> kKinds[] = {
      {"source-truncated", HazardKind::kSourceTruncated},     {"source-appended", HazardKind::kSourceAppended},
      {"source-overwritten", HazardKind::kSourceOverwritten}, {"source-deleted", HazardKind::kSourceDeleted},
      {"destination-full", HazardKind::kDestinationFull},     {"receiver-stalls", HazardKind::kReceiverStalls},
      {"receiver-closes", HazardKind::kReceiverCloses},       {"receiver-resets", HazardKind::kReceiverResets},
  };
  return read_choice(fields, "hazard", kKinds);
}

ReceiverKind read_receiver(Fields& fields) {
  static constexpr std::pair<const char*, ReceiverKind> kKinds[] = {
      {"read", ReceiverKind::kRead},
      {"discard", ReceiverKind::kDiscard},
      {"splice-null", ReceiverKind::kSpliceNull},
      {"zerocopy-receive", ReceiverKind::kZerocopyReceive},
      {"save", ReceiverKind::kSave},
      {"save-splice", ReceiverKind::kSaveSplice},
  };
  return fields.has("receiver") ? read_choice(fields, "receiver", kKinds) : ReceiverKind::kRead;
}

std::optional<uint32_t> read_cpu(Fields& fields, const char* name) {
  if (!fields.has(name)) return {};
  return static_cast<uint32_t>(std::min<uint64_t>(fields.integer(name), UINT32_MAX));
}

SenderOptions read_sender(Fields& fields) {
  SenderOptions sender;
  sender.cpu = read_cpu(fields, "senderCpu");
  if (fields.has("bytesPerSecond")) sender.bytes_per_second = fields.integer("bytesPerSecond");
  if (fields.has("latency")) sender.latency = fields.flag("latency");
  if (fields.has("traceCalls")) sender.trace_calls = fields.flag("traceCalls");
  return sender;
}

ModeOptions read_options(Fields fields, Status& status) {
  ModeOptions options;
  if (fields.has("pipeBytes")) options.pipe_bytes = fields.integer("pipeBytes");
  if (fields.has("queueDepth")) {
    const uint64_t depth = fields.integer("queueDepth");
    if (depth > UINT32_MAX) fields.complain("queueDepth", "1 to 1024");
    options.queue_depth = static_cast<uint32_t>(depth);
  }
  status = std::move(fields).status();
  return options;
}

uint32_t read_uint32(Fields& fields, const char* name) {
  return static_cast<uint32_t>(std::min<uint64_t>(fields.integer(name), UINT32_MAX));
}

void read_shape(Fields fields, RunRequest& request, Status& status) {
  TcpShape& shape = request.socket.tcp;
  const auto size = [&](const char* name) -> std::optional<uint32_t> {
    if (!fields.has(name)) return {};
    const uint32_t bytes = read_uint32(fields, name);
    if (bytes < 1 || bytes > INT32_MAX) fields.complain(name, "1 to 2^31 - 1");
    return bytes;
  };
  shape.mss_bytes = size("mssBytes");
  shape.send_buffer_bytes = size("sendBufferBytes");
  if (fields.has("congestion")) shape.congestion = fields.text("congestion");
  shape.no_delay = fields.optional_flag("noDelay").value_or(false);
  shape.cork = fields.optional_flag("cork").value_or(false);
  request.options.more = fields.optional_flag("msgMore").value_or(false);
  status = std::move(fields).status();
}

RemoteReceiver read_remote(Napi::Value value, Status& status) {
  Fields fields(value);
  RemoteReceiver remote;
  remote.address = fields.text("address");
  const uint64_t port = fields.integer("port");
  if (port > UINT16_MAX) fields.complain("port", "at most 65535");
  remote.port = static_cast<uint16_t>(port);
  const std::optional<Token> token = token_of(fields.text("token"));
  if (!token) fields.complain("token", "32 hexadecimal digits");
  remote.token = token.value_or(Token{});
  status = std::move(fields).status();
  return remote;
}

void read_destination(Fields fields, RunRequest& request, Status& status) {
  const std::string kind = fields.text("kind");
  if (kind == "file") {
    request.path = Path::kFileToFile;
    request.directory = fields.text("directory");
  } else if (kind == "socket") {
    request.path = Path::kFileToSocket;
    request.socket.receiver = read_receiver(fields);
    request.socket.receiver_buffer_bytes = fields.integer("receiverBufferBytes");
    const bool saves = trace_of(request.socket.receiver) == Trace::kFile;
    if (saves) request.socket.save_directory = fields.text("directory");
  } else if (kind == "remote") {
    request.path = Path::kFileToSocket;
    request.socket.receiver = read_receiver(fields);
    request.socket.receiver_buffer_bytes = fields.integer("receiverBufferBytes");
    request.socket.remote = read_remote(fields.get("remote"), status);
    if (!status.ok()) return;
  } else {
    fields.complain("destination.kind", "“file”, “socket” or “remote”");
  }
  status = std::move(fields).status();
}

}  // namespace

Napi::Object success(Napi::Env env, Napi::Value value) {
  Napi::Object object = Napi::Object::New(env);
  object.Set("ok", true);
  object.Set("value", value);
  return object;
}

Napi::Object failure(Napi::Env env, const Error& error) {
  Napi::Object object = Napi::Object::New(env);
  object.Set("ok", false);
  object.Set("error", details(env, error));
  return object;
}

Napi::Object outcome(Napi::Env env, const Status& status) {
  return status.ok() ? success(env, env.Null()) : failure(env, status.error());
}

Napi::Value to_js(Napi::Env env, const Measurement& measurement) {
  Napi::Object object = Napi::Object::New(env);
  object.Set("bytes", number(env, measurement.bytes));
  object.Set("wallNs", number(env, measurement.wall_ns));
  object.Set("senderDoneNs", number(env, measurement.sender_done_ns));
  object.Set("setupNs", number(env, measurement.setup_ns));
  object.Set("startedNs", number(env, measurement.started_ns));
  object.Set("sender", to_js(env, measurement.sender));
  object.Set("receiver", measurement.receiver ? to_js(env, *measurement.receiver) : env.Null());
  object.Set("zerocopy", measurement.zerocopy ? to_js(env, *measurement.zerocopy) : env.Null());
  Napi::Object observed = Napi::Object::New(env);
  for (const Observation& each : measurement.observations) observed.Set(each.name, number(env, each.value));
  object.Set("observed", observed);
  object.Set("verification", measurement.verification ? to_js(env, *measurement.verification) : env.Null());
  object.Set("latency", measurement.latency ? to_js(env, *measurement.latency) : env.Null());
  object.Set("tracedCalls", measurement.traced_calls ? number(env, *measurement.traced_calls) : env.Null());
  object.Set("streams", measurement.streams ? to_js(env, *measurement.streams) : env.Null());
  object.Set("intervals", measurement.intervals ? to_js(env, *measurement.intervals) : env.Null());
  return object;
}

Napi::Value to_js(Napi::Env env, const HazardReport& report) {
  Napi::Object object = Napi::Object::New(env);
  object.Set("happened", report.happened);
  object.Set("arrivedBytes", number(env, report.arrived_bytes));
  object.Set("error", report.error ? details(env, *report.error) : env.Null());
  object.Set("differsFromByte", report.differs_from_byte ? number(env, *report.differs_from_byte) : env.Null());
  return object;
}

Napi::Value to_js(Napi::Env env, const InterfaceFeatures& features) {
  Napi::Object object = Napi::Object::New(env);
  object.Set("scatterGather", features.scatter_gather);
  object.Set("tso", features.tso);
  object.Set("gso", features.gso);
  object.Set("txChecksum", features.tx_checksum);
  return object;
}

Napi::Value to_js(Napi::Env env, const RemoteDescription& description) {
  Napi::Object facts = Napi::Object::New(env);
  for (const wire::Fact& fact : description.facts.facts) facts.Set(fact.name, fact.value);
  Napi::Object object = Napi::Object::New(env);
  object.Set("facts", facts);
  const std::string& interface = description.interface;
  object.Set("interface", interface.empty() ? env.Null() : Napi::Value(Napi::String::New(env, interface)));
  return object;
}

Napi::Value to_js(Napi::Env env, const LaboratoryReading& reading) {
  Napi::Object object = to_js(env, reading.features).As<Napi::Object>();
  object.Set("name", reading.interface);
  object.Set("mtu", reading.mtu);
  object.Set("bytesPerSecond", reading.bytes_per_second ? number(env, *reading.bytes_per_second) : env.Null());
  object.Set("delayUs", reading.delay_us);
  object.Set("loss", reading.loss);
  object.Set("sentBytes", number(env, reading.sent_bytes));
  object.Set("receivedBytes", number(env, reading.received_bytes));
  return object;
}

Napi::Value to_js(Napi::Env env, const Calibration& calibration) {
  Napi::Object costs = Napi::Object::New(env);
  for (const auto& [name, values] : calibration.unit_costs) {
    Napi::Array repetitions = Napi::Array::New(env, values.size());
    for (size_t i = 0; i < values.size(); ++i) repetitions.Set(static_cast<uint32_t>(i), values[i]);
    costs.Set(name, repetitions);
  }
  Napi::Object object = Napi::Object::New(env);
  object.Set("durationNs", number(env, calibration.duration_ns));
  object.Set("unitCosts", costs);
  return object;
}

Napi::Value to_js(Napi::Env env, const EvidenceRights& rights) {
  const auto missing = [env](const Status& status) -> Napi::Value {
    return status.ok() ? env.Null() : Napi::Value(details(env, status.error()));
  };
  Napi::Object object = Napi::Object::New(env);
  object.Set("taskSamples", missing(rights.task_samples));
  object.Set("cpuWide", missing(rights.cpu_wide));
  object.Set("tracepoint", missing(rights.tracepoint));
  return object;
}

Napi::Value to_js(Napi::Env env, const SampledStacks& sampled) {
  Napi::Array stacks = Napi::Array::New(env, sampled.stacks.size());
  for (size_t i = 0; i < sampled.stacks.size(); ++i) {
    stacks.Set(static_cast<uint32_t>(i), to_js(env, sampled.stacks[i]));
  }
  Napi::Object object = Napi::Object::New(env);
  object.Set("periodNs", number(env, sampled.period_ns));
  object.Set("lost", number(env, sampled.lost));
  object.Set("stacks", stacks);
  return object;
}

Result<SourceRequest> source_request(Napi::Value value) {
  Fields fields(value);
  SourceRequest request;
  const std::string kind = fields.text("kind");
  if (kind == "generated") {
    request.generated = true;
    request.path = fields.text("directory");
    request.bytes = fields.integer("bytes");
    request.seed = fields.integer("seed");
    if (fields.has("linkable")) request.linkable = fields.flag("linkable");
  } else if (kind == "objects") {
    request.path = fields.text("directory");
    request.bytes = fields.integer("bytes");
    request.seed = fields.integer("seed");
    request.objects = fields.integer("count");
    const double all = static_cast<double>(request.bytes) * static_cast<double>(*request.objects);
    if (*request.objects == 0 || all > kLargestInteger)
      fields.complain("count", "at least 1, of at most 2^53 - 1 bytes in all");
  } else if (kind == "file") {
    request.path = fields.text("path");
  } else {
    fields.complain("source.kind", "“file”, “generated” or “objects”");
  }
  if (Status status = std::move(fields).status(); !status.ok()) return std::move(status).error();
  return request;
}

Result<RunRequest> run_request(Napi::Value value) {
  Fields fields(value);
  RunRequest request;
  request.mode = fields.text("mode");
  request.buffer_bytes = fields.integer("bufferBytes");
  request.verify = fields.flag("verify");
  request.sender = read_sender(fields);
  if (fields.has("objects")) request.objects = fields.integer("objects");
  request.socket.receiver_cpu = read_cpu(fields, "receiverCpu");
  if (fields.has("durable")) request.durable = fields.flag("durable");
  if (fields.has("nonBlocking")) request.socket.non_blocking = fields.flag("nonBlocking");
  if (fields.has("streams")) request.streams = read_uint32(fields, "streams");
  if (fields.has("durationNs")) request.duration_ns = static_cast<int64_t>(fields.integer("durationNs"));
  const Napi::Value destination = fields.get("destination");
  const Napi::Value options = fields.get("options");
  const Napi::Value tcp = fields.get("tcp");
  if (Status status = std::move(fields).status(); !status.ok()) return std::move(status).error();
  Status status;
  if (!tcp.IsUndefined()) read_shape(Fields(tcp), request, status);
  if (!status.ok()) return std::move(status).error();
  read_destination(Fields(destination), request, status);
  if (!status.ok()) return std::move(status).error();
  const bool more = request.options.more;
  if (!options.IsUndefined()) request.options = read_options(Fields(options), status);
  request.options.more = more;
  if (!status.ok()) return std::move(status).error();
  return request;
}

Result<RemoteReceiver> remote_receiver(Napi::Value value) {
  Status status;
  RemoteReceiver remote = read_remote(value, status);
  if (!status.ok()) return std::move(status).error();
  return remote;
}

Result<HazardRequest> hazard_request(Napi::Value value) {
  Result<RunRequest> transfer = run_request(value);
  if (!transfer.ok()) return std::move(transfer).error();
  Fields fields(value);
  HazardRequest request{std::move(*transfer), read_hazard(fields), fields.integer("atByte"),
                        fields.text("moment") == "receiver"};
  if (Status status = std::move(fields).status(); !status.ok()) return std::move(status).error();
  return request;
}

Result<ExchangeRequest> exchange_request(Napi::Value value) {
  Fields fields(value);
  ExchangeRequest request;
  request.mode = fields.text("mode");
  request.bytes = fields.integer("bytes");
  request.seed = fields.integer("seed");
  request.buffer_bytes = fields.integer("bufferBytes");
  request.verify = fields.flag("verify");
  request.sender = read_sender(fields);
  request.consumer_cpu = read_cpu(fields, "receiverCpu");
  const std::string peer = fields.text("peer");
  if (peer != "thread" && peer != "process") fields.complain("peer", "“thread” or “process”");
  request.peer = peer == "process" ? PeerKind::kProcess : PeerKind::kThread;
  const Napi::Value options = fields.get("options");
  if (Status status = std::move(fields).status(); !status.ok()) return std::move(status).error();
  Status status;
  if (!options.IsUndefined()) request.options = read_options(Fields(options), status);
  if (!status.ok()) return std::move(status).error();
  return request;
}

Result<LaboratorySettings> laboratory_settings(Napi::Value value) {
  constexpr uint64_t kLeastMtu = 68;  // RFC 791: what every host must take
  constexpr uint64_t kLargestMtu = 65535;
  Fields fields(value);
  LaboratorySettings settings;
  settings.scatter_gather = fields.optional_flag("scatterGather");
  settings.tso = fields.optional_flag("tso");
  settings.gso = fields.optional_flag("gso");
  settings.tx_checksum = fields.optional_flag("txChecksum");
  if (fields.has("mtu")) {
    const uint64_t mtu = fields.integer("mtu");
    if (mtu < kLeastMtu || mtu > kLargestMtu) fields.complain("mtu", "68 to 65535");
    settings.mtu = static_cast<uint32_t>(mtu);
  }
  if (fields.has("bytesPerSecond")) {
    settings.bytes_per_second = fields.integer("bytesPerSecond");
    if (*settings.bytes_per_second == 0) fields.complain("bytesPerSecond", "at least 1");
  }
  if (fields.has("delayUs")) {
    const uint64_t delay = fields.integer("delayUs");
    if (delay > UINT32_MAX) fields.complain("delayUs", "below 2^32");
    settings.delay_us = static_cast<uint32_t>(delay);
  }
  if (fields.has("loss")) settings.loss = fields.share("loss");
  if (Status status = std::move(fields).status(); !status.ok()) return std::move(status).error();
  return settings;
}

Result<uint64_t> whole_number(Napi::Value value, const char* name) {
  if (const std::optional<uint64_t> number = integer_of(value)) return *number;
  return bad_argument(std::string(name) + " must be " + kWholeNumber + ".");
}

Result<std::string> text(Napi::Value value, const char* name) {
  if (value.IsString()) return value.As<Napi::String>().Utf8Value();
  return bad_argument(std::string(name) + " must be a string.");
}

}  // namespace zcl
