#include <thread>

#include "core/thread.h"
#include "exchange/consume.h"
#include "exchange/peer.h"

namespace zcl {
namespace {

class ThreadPeer final : public Peer {
 public:
  ThreadPeer(ControlBlock& control, Ends ends, Interrupt& interrupt)
      : control_(control), ends_(std::move(ends)), interrupt_(interrupt) {}

  ~ThreadPeer() override {
    if (thread_.joinable()) thread_.join();
  }

  Status start() {
    Result<std::thread> thread = start_thread([this] { live(); });
    if (!thread.ok()) return std::move(thread).error();
    thread_ = std::move(*thread);
    return {};
  }

  Result<Consumed> settle() override {
    thread_.join();
    return std::move(*outcome_);
  }

 private:
  void live() {
    name_this_thread("zcl-receiver");
    const Interruptible reachable(interrupt_);
    outcome_ = std::make_unique<Result<Consumed>>(consume(control_, std::move(ends_), interrupt_));
    control_.consumer_leaves();
  }

  ControlBlock& control_;
  Ends ends_;
  Interrupt& interrupt_;
  std::unique_ptr<Result<Consumed>> outcome_;  // written by the thread, read after the join
  std::thread thread_;
};

}  // namespace

Result<std::unique_ptr<Peer>> start_thread_peer(const Control& control, Ends ends, Interrupt& interrupt) {
  auto peer = std::make_unique<ThreadPeer>(control.block(), std::move(ends), interrupt);
  if (Status status = peer->start(); !status.ok()) return std::move(status).error();
  return std::unique_ptr<Peer>(std::move(peer));
}

}  // namespace zcl
