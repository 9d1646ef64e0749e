// splice-null: references to the pages go through a pipe to /dev/null. No copy.

#include <fcntl.h>

#include "core/unique_fd.h"
#include "receiver/takers/through_pipe.h"

namespace zcl {
namespace {

constexpr char kNull[] = "/dev/null";

class SpliceNull final : public ThroughPipe {
 public:
  SpliceNull(const ReceiveOptions& options, const Interrupt& interrupt) : ThroughPipe(options, interrupt, kNull) {}

  Status prepare(int) override {
    null_ = UniqueFd(open(kNull, O_WRONLY | O_CLOEXEC));
    if (!null_) return system_error("open", errno, kNull);
    return open_pipe();
  }

 private:
  int output() const override { return null_.get(); }

  UniqueFd null_;
};

}  // namespace

std::unique_ptr<Taker> make_splice_null(const ReceiveOptions& options, const Interrupt& interrupt) {
  return std::make_unique<SpliceNull>(options, interrupt);
}

}  // namespace zcl
