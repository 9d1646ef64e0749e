// Which sends the kernel is done with, told by notifications of every kind.

#include "zerocopy/completions.h"

#include <algorithm>
#include <random>
#include <vector>

#include "core/check.h"

namespace zcl {
namespace {

void send(CompletionTracker& tracker, int times) {
  for (int i = 0; i < times; ++i) tracker.sent();
}

bool counts(const CompletionTracker& tracker, uint64_t sent, uint64_t completed, uint64_t copied) {
  const ZerocopyCount& count = tracker.count();
  return count.sent == sent && count.completed == completed && count.copied == copied;
}

void nothing_sent_is_all_done() {
  const CompletionTracker tracker;
  CHECK(tracker.all_done() && tracker.next() == 0 && counts(tracker, 0, 0, 0));
  CHECK(tracker.done({0, 0}));
  CHECK(!tracker.done({0, 1}));
}

void one_by_one() {
  CompletionTracker tracker;
  send(tracker, 2);
  CHECK(tracker.next() == 2 && !tracker.all_done() && !tracker.done({0, 1}));
  tracker.completed({0, 0, false});
  CHECK(tracker.done({0, 1}) && !tracker.done({1, 2}) && !tracker.done({0, 2}) && !tracker.all_done());
  tracker.completed({1, 1, false});
  CHECK(tracker.done({0, 2}) && tracker.all_done() && counts(tracker, 2, 2, 0));
}

void coalesced() {
  CompletionTracker tracker;
  send(tracker, 10);
  tracker.completed({0, 6, true});
  CHECK(tracker.done({0, 7}) && !tracker.done({6, 8}) && counts(tracker, 10, 7, 7));
  tracker.completed({7, 9, false});
  CHECK(tracker.all_done() && counts(tracker, 10, 10, 7));
}

void out_of_order() {
  CompletionTracker tracker;
  send(tracker, 10);
  tracker.completed({4, 5, false});
  tracker.completed({8, 8, true});
  CHECK(tracker.done({4, 6}) && tracker.done({8, 9}));
  CHECK(!tracker.done({0, 1}) && !tracker.done({3, 5}) && !tracker.done({5, 7}) && !tracker.done({4, 9}));
  tracker.completed({6, 7, false});
  CHECK(tracker.done({4, 9}) && !tracker.done({3, 9}) && !tracker.done({4, 10}));
  tracker.completed({0, 3, false});
  CHECK(tracker.done({0, 9}) && !tracker.all_done() && counts(tracker, 10, 9, 1));
  tracker.completed({9, 9, true});
  CHECK(tracker.all_done() && counts(tracker, 10, 10, 2));
}

void duplicates_count_once() {
  CompletionTracker tracker;
  send(tracker, 8);
  tracker.completed({0, 1, false});
  tracker.completed({0, 1, true});
  CHECK(counts(tracker, 8, 2, 0));
  tracker.completed({1, 3, true});  // one of them is news to nobody
  CHECK(tracker.done({0, 4}) && counts(tracker, 8, 4, 2));
  tracker.completed({6, 6, false});
  tracker.completed({5, 7, true});
  tracker.completed({5, 7, true});
  CHECK(tracker.done({5, 8}) && !tracker.done({4, 5}) && counts(tracker, 8, 7, 4));
}

void sends_never_made_are_passed_over() {
  CompletionTracker tracker;
  tracker.completed({0, 5, true});
  CHECK(counts(tracker, 0, 0, 0) && !tracker.done({0, 1}));
  send(tracker, 3);
  tracker.completed({3, 3, true});
  tracker.completed({1, 7, false});
  CHECK(tracker.done({1, 3}) && !tracker.done({0, 1}) && !tracker.done({3, 4}) && counts(tracker, 3, 2, 0));
  send(tracker, 1);
  CHECK(!tracker.done({3, 4}) && !tracker.all_done());
}

void ids_go_round() {
  CompletionTracker tracker(0xfffffffe);
  send(tracker, 5);
  CHECK(tracker.next() == 0x100000003);
  tracker.completed({1, 2, false});
  CHECK(tracker.done({0x100000001, 0x100000003}) && !tracker.done({0x100000000, 0x100000001}));
  tracker.completed({0xffffffff, 0, true});  // across the end
  CHECK(!tracker.done({0xfffffffe, 0xffffffff}) && tracker.done({0xffffffff, 0x100000003}));
  tracker.completed({0xfffffffe, 0xfffffffe, false});
  CHECK(tracker.all_done() && counts(tracker, 5, 5, 2));
  tracker.completed({0xfffffffe, 2, true});  // again, from behind the end
  CHECK(counts(tracker, 5, 5, 2));
}

void many_rounds_of_ids() {
  // As far as a transfer of one byte a call could get: the numbers go on where the ids begin anew.
  CompletionTracker tracker(5 * (uint64_t{1} << 32) - 3);
  send(tracker, 6);
  tracker.completed({0xfffffffd, 2, true});
  CHECK(tracker.all_done() && counts(tracker, 6, 6, 6));
}

/// Every send for itself: slow, and plainly right.
struct NaiveModel {
  std::vector<bool> done;
  std::vector<bool> copied;

  void completed(uint64_t first, uint64_t end, bool was_copied) {
    for (uint64_t i = first; i < end; ++i) {
      if (!done[i]) copied[i] = was_copied;
      done[i] = true;
    }
  }
};

// Sends and notifications in any order, split anyhow, some of them twice, at a place where the ids go round.
void agrees_with_a_naive_model(unsigned seed) {
  std::mt19937 random(seed);
  const auto upto = [&](uint64_t limit) { return std::uniform_int_distribution<uint64_t>(0, limit)(random); };
  const uint64_t base = (uint64_t{1} << 32) * (1 + upto(2)) - upto(400);
  CompletionTracker tracker(base);
  NaiveModel model;
  struct Range {
    uint64_t first, end;
  };
  std::vector<Range> waiting;

  for (int step = 0; step < 200 || !waiting.empty(); ++step) {
    if (step < 200 && upto(2) > 0) {
      const uint64_t first = model.done.size();
      const uint64_t count = 1 + upto(6);
      send(tracker, static_cast<int>(count));
      model.done.resize(first + count);
      model.copied.resize(first + count);
      waiting.push_back({first, first + count});
    }
    if (!waiting.empty() && upto(2) > 0) {
      const size_t which = upto(waiting.size() - 1);
      const Range range = waiting[which];
      waiting.erase(waiting.begin() + static_cast<std::ptrdiff_t>(which));
      const bool copied = upto(1) == 1;
      const auto id = [&](uint64_t i) { return static_cast<uint32_t>(base + i); };
      const int times = upto(9) == 0 ? 2 : 1;
      for (int i = 0; i < times; ++i) tracker.completed({id(range.first), id(range.end - 1), copied});
      model.completed(range.first, range.end, copied);
    }

    const uint64_t sent = model.done.size();
    const auto all = [&](uint64_t first, uint64_t end) {
      return std::all_of(model.done.begin() + static_cast<std::ptrdiff_t>(first),
                         model.done.begin() + static_cast<std::ptrdiff_t>(end), [](bool is) { return is; });
    };
    CHECK(counts(tracker, sent, static_cast<uint64_t>(std::count(model.done.begin(), model.done.end(), true)),
                 static_cast<uint64_t>(std::count(model.copied.begin(), model.copied.end(), true))));
    CHECK(tracker.all_done() == all(0, sent));
    for (int i = 0; i < 10; ++i) {
      const uint64_t first = upto(sent);
      const uint64_t end = first + upto(sent - first);
      CHECK(tracker.done({base + first, base + end}) == all(first, end));
    }
  }
  CHECK(tracker.all_done());
}

}  // namespace
}  // namespace zcl

int main() {
  zcl::nothing_sent_is_all_done();
  zcl::one_by_one();
  zcl::coalesced();
  zcl::out_of_order();
  zcl::duplicates_count_once();
  zcl::sends_never_made_are_passed_over();
  zcl::ids_go_round();
  zcl::many_rounds_of_ids();
  for (unsigned seed = 0; seed < 500; ++seed) zcl::agrees_with_a_naive_model(seed);
}
