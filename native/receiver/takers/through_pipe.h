#pragma once

#include <string>

#include "core/pipe.h"
#include "receiver/takers/takers.h"

namespace zcl {

/// splice(2) from the socket into a pipe and on to an output: the bytes never come to user space.
class ThroughPipe : public CallingTaker {
 public:
  /// `output_path` is for errors.
  ThroughPipe(const ReceiveOptions& options, const Interrupt& interrupt, std::string output_path = {})
      : CallingTaker(options, interrupt), drain_(call("splice", std::move(output_path))) {}

  Result<uint64_t> take(int socket) final;
  std::vector<Observation> observations() const final { return {{"receiverPipeBytes", pipe_.bytes()}}; }

 protected:
  /// A pipe as large as the receiver's buffer, from 64 KiB to 1 MiB.
  Status open_pipe();

 private:
  virtual int output() const = 0;

  Pipe pipe_;
  Call fill_ = call("splice");
  Call drain_;
};

}  // namespace zcl
