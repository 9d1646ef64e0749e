#pragma once

#include <sys/types.h>

#include <cerrno>
#include <cstdint>
#include <string>

#include "core/interrupt.h"
#include "core/result.h"
#include "transfer.h"

namespace zcl {

/// A system call that a receiver makes over and over: counted, made again after a signal, given up when cancelled.
class Call {
 public:
  /// `path` is for errors.
  Call(const char* name, CallCounter& calls, const Interrupt& interrupt, std::string path = {})
      : call_(calls[name]), interrupt_(interrupt), path_(std::move(path)) {}

  /// `make` makes the call and gives what it returned.
  template <class Make>
  Result<uint64_t> operator()(Make make) {
    for (;;) {
      if (interrupt_.requested()) return cancelled(call_.name());
      const ssize_t result = call_(make);
      if (result >= 0) return static_cast<uint64_t>(result);
      if (errno != EINTR) return system_error(call_.name(), errno, path_);
    }
  }

 private:
  SystemCall& call_;
  const Interrupt& interrupt_;
  const std::string path_;
};

}  // namespace zcl
