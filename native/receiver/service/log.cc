#include "receiver/service/log.h"

#include <unistd.h>

#include <ctime>

namespace zcl::service {
namespace {

std::string two_digits(int64_t number) {
  return {static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
}

/// The time of day in UTC. By hand, because strftime brings the time zones of the world along.
std::string time_of_day(int64_t second) {
  return two_digits(second / 3600 % 24) + ":" + two_digits(second / 60 % 60) + ":" + two_digits(second % 60) + "Z ";
}

void write_line(const std::string& line) {
  // Where nobody reads it, it is lost.
  if (write(STDERR_FILENO, line.c_str(), line.size()) < 0) return;
}

}  // namespace

void Log::say(const std::string& who, const std::string& what) {
  const int64_t now = time(nullptr);
  if (now != second_) {
    if (kept_back_ > 0) write_line(time_of_day(now) + std::to_string(kept_back_) + " lines are left out\n");
    second_ = now;
    said_ = 0;
    kept_back_ = 0;
  }
  if (said_ == kMostPerSecond) {
    ++kept_back_;
    return;
  }
  ++said_;
  write_line(time_of_day(now) + who + (who.empty() ? "" : " ") + what + "\n");
}

}  // namespace zcl::service
