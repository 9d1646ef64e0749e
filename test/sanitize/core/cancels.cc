// Transfers and exchanges that are disturbed, and ended, from another thread at a random moment.

#include <ctime>
#include <random>

#include "exchange_run.h"
#include "run.h"
#include "sanitize/core/part.h"

namespace zcl::driver {
namespace {

constexpr int kCancelsOfEach = 12;
constexpr uint64_t kBytes = 64 << 20;

class Chance {
 public:
  explicit Chance(uint32_t seed) : random_(seed) {}
  // The library's distributions need not be the same everywhere.
  uint64_t below(uint64_t limit) { return random_() % limit; }
  bool one_in(uint64_t times) { return below(times) == 0; }

 private:
  std::mt19937_64 random_;
};

/// Nothing here waits for something to have happened: it is the moment that is random.
void let_pass(uint64_t ns) {
  const timespec moment{0, static_cast<long>(ns)};
  nanosleep(&moment, nullptr);
}

struct Ends {
  uint64_t cancelled = 0;
  uint64_t finished = 0;

  void count(const std::string& what, const Result<Measurement>& outcome) {
    if (!outcome.ok() && outcome.error().code == "CANCELLED") {
      ++cancelled;
    } else if (succeeds(what, outcome)) {
      ++finished;
    }
  }
};

void disturb(MeasuredRun& run, const std::string& what, Chance& chance, Ends& ends) {
  // As a rule early, in set-up and the first chunks, but at times late.
  const uint64_t moment_ns = chance.below(chance.one_in(3) ? 30'000'000 : 3'000'000);
  const uint64_t nudges = chance.below(20);
  bool is_cancelled = false;
  ends.count(what, execute(run, [&] {
               if (is_cancelled) return std::this_thread::yield();
               for (uint64_t i = 0; i < nudges; ++i) {
                 run.nudge();
                 let_pass(moment_ns / (nudges + 1));
               }
               let_pass(moment_ns / (nudges + 1));
               run.cancel();
               is_cancelled = true;
             }));
}

void play(const Setting& setting) {
  constexpr ReceiverKind kReceivers[] = {ReceiverKind::kRead, ReceiverKind::kDiscard, ReceiverKind::kSpliceNull,
                                         ReceiverKind::kZerocopyReceive, ReceiverKind::kSave,
                                         ReceiverKind::kSaveSplice};
  Chance chance(setting.seed);
  Ends ends;
  const SourceSet source = source_of(kBytes, setting);
  for (int i = 0; i < kCancelsOfEach; ++i) {
    for (const Way& way : setting.ways) {
      RunRequest request = request_for(way, setting);
      request.verify = chance.one_in(4);
      request.sender.latency = chance.one_in(4);
      if (way.path == Path::kFileToSocket) {
        request.socket.receiver = kReceivers[chance.below(std::size(kReceivers))];
        request.socket.non_blocking = chance.one_in(4);
        if (chance.one_in(2)) request.streams = 8;
      } else if (chance.one_in(4)) {
        request.objects = 1000;
        request.verify = false;
      }
      Run run(source, request);
      disturb(run, name_of(way), chance, ends);
    }
    for (const std::string& mode : exchange_ids()) {
      const PeerKind peer = chance.one_in(2) ? PeerKind::kProcess : PeerKind::kThread;
      ExchangeRun run({mode, kBytes, setting.seed, kBufferBytes, peer, {}, {}, {}, chance.one_in(4)});
      disturb(run, mode, chance, ends);
    }
  }
  tell(std::to_string(ends.cancelled) + " cancelled, " + std::to_string(ends.finished) + " finished before");
  CHECK(ends.cancelled > ends.finished);
}

const Part kPart("cancels", play);

}  // namespace
}  // namespace zcl::driver
