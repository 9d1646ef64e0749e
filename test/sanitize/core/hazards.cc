// Every hazard that the core can bring about, met by every mode.

#include "hazards/hazard_run.h"
#include "sanitize/core/part.h"

namespace zcl::driver {
namespace {

constexpr uint64_t kBytes = 8 << 20;
constexpr uint64_t kAtByte = kBytes / 2;

struct Kind {
  const char* name;
  HazardKind kind;
};

constexpr Kind kOfSources[] = {
    {"a source that is cut short", HazardKind::kSourceTruncated},
    {"a source that grows", HazardKind::kSourceAppended},
    {"a source that is overwritten", HazardKind::kSourceOverwritten},
    {"a source that is removed", HazardKind::kSourceDeleted},
};
constexpr Kind kOfFiles[] = {{"a full destination", HazardKind::kDestinationFull}};
constexpr Kind kOfReceivers[] = {
    {"a receiver that closes", HazardKind::kReceiverCloses},
    {"a receiver that resets", HazardKind::kReceiverResets},
};

class Hazards {
 public:
  explicit Hazards(const Setting& setting) : setting_(setting) {}

  void meet(const Way& way, const Kind& kind, bool at_receiver = false) {
    const SourceSet source = source_of(kBytes, setting_);
    Result<Source> first = source.first().share();
    CHECK(first.ok());
    HazardRun run(std::move(*first), {request_for(way, setting_), kind.kind, kAtByte, at_receiver});
    const Result<HazardReport> report = execute(run, [&] { static_cast<void>(run.happened()); });
    if (!succeeds(name_of(way) + " and " + kind.name, report)) return;
    // A file whose blocks are shared is there before anything can happen to it.
    if (way.mode != "reflink") CHECK(report->happened || !report->error || is_refusal(*report->error));
    ++met_;
  }

  /// A receiver that stalls does so until the transfer is ended.
  void stall(const Way& way) {
    const SourceSet source = source_of(kBytes, setting_);
    Result<Source> first = source.first().share();
    CHECK(first.ok());
    HazardRun run(std::move(*first), {request_for(way, setting_), HazardKind::kReceiverStalls, kAtByte, false});
    const Result<HazardReport> report = execute(run, [&] {
      if (run.happened()) run.cancel();
    });
    if (succeeds(name_of(way) + " and a receiver that stalls", report)) ++met_;
  }

  uint64_t met() const { return met_; }

 private:
  const Setting& setting_;
  uint64_t met_ = 0;
};

void play(const Setting& setting) {
  Hazards hazards(setting);
  for (const Way& way : setting.ways) {
    const bool is_socket = way.path == Path::kFileToSocket;
    for (const Kind& kind : kOfSources) {
      hazards.meet(way, kind);
      if (is_socket) hazards.meet(way, kind, true);
    }
    if (is_socket) {
      for (const Kind& kind : kOfReceivers) hazards.meet(way, kind);
      hazards.stall(way);
    } else {
      for (const Kind& kind : kOfFiles) hazards.meet(way, kind);
    }
  }
  tell(std::to_string(hazards.met()) + " hazards");
}

const Part kPart("hazards", play);

}  // namespace
}  // namespace zcl::driver
