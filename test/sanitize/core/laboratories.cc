// Laboratories, set in every way there is, and what goes through them.

#include "laboratory/laboratory.h"
#include "run.h"
#include "sanitize/core/part.h"

namespace zcl::driver {
namespace {

LaboratorySettings set(void (*wish)(LaboratorySettings&)) {
  LaboratorySettings settings;
  wish(settings);
  return settings;
}

void through(const std::shared_ptr<const Laboratory>& laboratory, const SourceSet& source, const Setting& setting,
             uint64_t& done) {
  for (const Way& way : setting.ways) {
    if (way.path == Path::kFileToFile) continue;
    for (const uint32_t streams : {1U, 8U}) {
      RunRequest request = request_for(way, setting);
      request.socket.laboratory = laboratory;
      request.streams = streams;
      request.verify = true;
      Run run(source, request);
      const Result<Measurement> measured = execute(run, [&] {
        CHECK(laboratory->read().ok());
        static_cast<void>(run.bytes_so_far());
      });
      if (!succeeds(name_of(way), measured)) continue;
      CHECK(measured->bytes == source.bytes() && is_intact(*measured));
      ++done;
    }
  }
}

void play(const Setting& setting) {
  const LaboratorySettings kSettings[] = {
      {},
      set([](LaboratorySettings& settings) { settings.scatter_gather = false; }),
      set([](LaboratorySettings& settings) { settings.tso = settings.gso = settings.tx_checksum = false; }),
      set([](LaboratorySettings& settings) { settings.mtu = 9000; }),
      set([](LaboratorySettings& settings) { settings.bytes_per_second = 200 << 20; }),
  };
  const SourceSet source = source_of(5 * kBufferBytes + 4097, setting);
  uint64_t done = 0;
  for (const LaboratorySettings& settings : kSettings) {
    Interrupt never;
    const Result<std::shared_ptr<const Laboratory>> laboratory = Laboratory::make(settings, never);
    if (!succeeds("a laboratory", laboratory)) return;
    through(*laboratory, source, setting, done);
  }
  // What this kernel may not have, and an end that is asked for before it begins.
  Interrupt never;
  const auto slow = Laboratory::make(set([](LaboratorySettings& settings) { settings.delay_us = 1000; }), never);
  if (!slow.ok()) tell("no delay: " + text_of(slow.error()));
  Interrupt at_once;
  at_once.request();
  const auto ended = Laboratory::make({}, at_once);
  CHECK(ended.ok() || ended.error().code == "CANCELLED");
  tell(std::to_string(done) + " transfers through laboratories");
}

const Part kPart("laboratories", play);

}  // namespace
}  // namespace zcl::driver
