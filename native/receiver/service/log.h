#pragma once

#include <cstdint>
#include <string>

namespace zcl::service {

/// What happened, a line each, on standard error. A flood is summed up, so that nobody fills a disk by being refused.
class Log {
 public:
  /// `who` is an endpoint, or empty.
  void say(const std::string& who, const std::string& what);

 private:
  static constexpr int kMostPerSecond = 20;
  int64_t second_ = 0;
  int said_ = 0;
  uint64_t kept_back_ = 0;
};

}  // namespace zcl::service
