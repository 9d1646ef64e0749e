#include "receiver/faulty_taker.h"

#include <sys/socket.h>

#include <cerrno>

namespace zcl {
namespace {

using What = ReceiverFault::What;

class FaultyTaker final : public Taker {
 public:
  FaultyTaker(std::unique_ptr<Taker> sound, const ReceiverFault& fault, const Gate& gate, const Interrupt& interrupt)
      : sound_(std::move(sound)), fault_(fault), gate_(gate), interrupt_(interrupt) {}

  Status prepare(int socket) override { return sound_->prepare(socket); }

  Result<uint64_t> take(int socket) override {
    if (taken_ >= fault_.at_byte) {
      if (fault_.moment != nullptr) fault_.moment->reached(taken_);
      if (fault_.what == What::kClose) return uint64_t{0};
      if (fault_.what == What::kReset) return reset(socket);
      if (fault_.what == What::kStall) {
        if (Status passed = gate_.pass(interrupt_); !passed.ok()) return std::move(passed).error();
      }
    }
    Result<uint64_t> took = sound_->take(socket);
    if (took.ok()) taken_ += *took;
    return took;
  }

  const CallCounter& calls() const override { return sound_->calls(); }
  std::optional<Digest> digest() override { return sound_->digest(); }
  std::vector<Observation> observations() const override { return sound_->observations(); }

 private:
  static Result<uint64_t> reset(int socket) {
    const linger at_once{1, 0};
    if (setsockopt(socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once) != 0) {
      return system_error("setsockopt", errno);
    }
    return uint64_t{0};
  }

  const std::unique_ptr<Taker> sound_;
  const ReceiverFault fault_;
  const Gate& gate_;
  const Interrupt& interrupt_;
  uint64_t taken_ = 0;
};

}  // namespace

std::unique_ptr<Taker> with_fault(std::unique_ptr<Taker> taker, const ReceiverFault& fault, const Gate& gate,
                                  const Interrupt& interrupt) {
  if (fault.what == What::kNone) return taker;
  return std::make_unique<FaultyTaker>(std::move(taker), fault, gate, interrupt);
}

}  // namespace zcl
