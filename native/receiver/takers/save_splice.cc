// save-splice: references to the pages go through a pipe to a file, into whose page cache the kernel copies them. One
// copy.

#include "receiver/takers/through_pipe.h"

namespace zcl {
namespace {

class SaveSplice final : public ThroughPipe {
 public:
  SaveSplice(const ReceiveOptions& options, const Interrupt& interrupt)
      : ThroughPipe(options, interrupt, options.save_directory) {}

  Status prepare(int) override { return open_pipe(); }

 private:
  int output() const override { return options_.save_file; }
};

}  // namespace

std::unique_ptr<Taker> make_save_splice(const ReceiveOptions& options, const Interrupt& interrupt) {
  return std::make_unique<SaveSplice>(options, interrupt);
}

}  // namespace zcl
