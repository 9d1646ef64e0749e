// context-switch: from one thread to another: a byte goes back and forth through two pipes, and half of what that takes
// is a switch, with the two calls that carry the byte. By the clock on the wall, since it is a time between threads.

#include <unistd.h>

#include <cerrno>
#include <thread>

#include "core/pipe.h"
#include "core/thread.h"
#include "measure/calibration/gauge.h"

namespace zcl {
namespace {

constexpr int kRounds = 64;

class ContextSwitches final : public Gauge {
 public:
  ~ContextSwitches() override {
    ask_.take_write_end().reset();  // which is the end of the other's work
    if (other_.joinable()) other_.join();
  }

  Status prepare(Workbench&) override {
    for (Pipe* pipe : {&ask_, &reply_}) {
      Result<Pipe> made = Pipe::of_size({}, 1);
      if (!made.ok()) return std::move(made).error();
      *pipe = std::move(*made);
    }
    Result<std::thread> thread = start_thread([from = ask_.read_end(), to = reply_.write_end()] {
      for (char byte = 0; read(from, &byte, 1) == 1 && write(to, &byte, 1) == 1;) {
      }
    });
    if (!thread.ok()) return std::move(thread).error();
    other_ = std::move(*thread);
    return {};
  }

  Status measure(Workbench&, UnitCosts& costs) override {
    char byte = 0;
    const int64_t begun = now_ns();
    for (int i = 0; i < kRounds; ++i) {
      if (write(ask_.write_end(), &byte, 1) != 1) return system_error("write", errno);
      if (read(reply_.read_end(), &byte, 1) != 1) return system_error("read", errno);
    }
    const auto ns = static_cast<double>(now_ns() - begun);
    costs["context-switch"].push_back(ns / (2 * kRounds));
    return {};
  }

 private:
  Pipe ask_;
  Pipe reply_;
  std::thread other_;
};

}  // namespace

std::unique_ptr<Gauge> context_switches() {
  return std::make_unique<ContextSwitches>();
}

}  // namespace zcl
