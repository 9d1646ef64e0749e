#include "sending.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "core/rounding.h"
#include "measure/clock.h"

namespace zcl {

Sending::Sending(Mode& mode, const RunRequest& request, const Interrupt& interrupt)
    : mode_(mode), request_(request), interrupt_(interrupt) {
  if (request.sender.latency) calls().time();
  if (const auto rate = request.sender.bytes_per_second) {
    pace_.emplace(std::max<uint64_t>(*rate / request.streams, 1), interrupt, calls());
  }
}

Job Sending::job(const Source& input, const Range& range, const Output& output) {
  Job job{{input.fd(), range.bytes, input.path(), range.begin},
          output,
          request_.buffer_bytes,
          interrupt_,
          request_.options};
  if (pace_) {
    job.moment = &*pace_;
    job.moment_at = 0;
    job.bytes_per_second = request_.sender.bytes_per_second;
  }
  return job;
}

Status Sending::move(const Job& job) {
  Status status = request_.duration_ns ? move_for(job, *request_.duration_ns) : move_once(job);
  if (!status.ok()) return status;
  if (request_.socket.tcp.cork) return uncork(job);
  return request_.durable ? sync(job) : Status();
}

Status Sending::move_once(const Job& job) {
  if (Status status = mode_.move(job); !status.ok()) return status;
  if (!job.proceed(job.input.bytes)) return cancelled("transfer");
  if (pace_) pace_->done_with(job.input.bytes);
  return {};
}

// In parts, or a mode that moves everything by one call would look at the time too late. Each is a transfer of its own
// to the mode, so they are to be long enough for that to make no difference, and short enough to end on time.
Status Sending::move_for(const Job& whole, int64_t duration_ns) {
  constexpr uint64_t kLeastPartBytes = uint64_t{64} << 10;
  constexpr int64_t kShortNs = 20'000'000;
  constexpr int64_t kLongNs = 80'000'000;
  const Input& range = whole.input;
  if (range.bytes == 0) return {};
  SystemCall& seek = calls()["lseek"];
  const uint64_t least = round_up(whole.buffer_bytes, kLeastPartBytes);
  const int64_t end_ns = now_ns() + duration_ns;
  uint64_t part_bytes = least;
  uint64_t at = 0;
  for (int64_t begun_ns = now_ns(); begun_ns < end_ns;) {
    Job part = whole;
    part.input.begin = range.begin + at;
    part.input.bytes = std::min(part_bytes, range.bytes - at);
    if (Status status = move_once(part); !status.ok()) return status;
    at = part.input.end() == range.end() ? 0 : at + part.input.bytes;
    if (at == 0 && seek([&] { return lseek(range.fd, range.offset(), SEEK_SET); }) < 0) {
      return system_error("lseek", errno, range.path);
    }
    const int64_t over_ns = now_ns();
    const int64_t took_ns = over_ns - begun_ns;
    if (took_ns < kShortNs) part_bytes = std::min(2 * part_bytes, round_up(range.bytes, kLeastPartBytes));
    if (took_ns > kLongNs) part_bytes = std::max(round_up(part_bytes / 2, kLeastPartBytes), least);
    begun_ns = over_ns;
  }
  return {};
}

// What waits for more to come goes out now.
Status Sending::uncork(const Job& job) {
  Status status;
  calls()["setsockopt"]([&] { return status = cork(job.output.fd, false), 0; });
  return status;
}

// Through whichever description of the file, and in whatever way, the mode wrote: what is dirty belongs to the file
// (fs/sync.c, vfs_fsync_range). Nothing ends this call early, also no cancel: it waits uninterruptibly for the disk.
Status Sending::sync(const Job& job) {
  SystemCall& call = calls()["fdatasync"];
  while (call([&] { return fdatasync(job.output.fd); }) != 0) {
    if (errno != EINTR) return system_error("fdatasync", errno, job.output.path);
    if (job.cancelled()) return cancelled("fdatasync");
  }
  return {};
}

}  // namespace zcl
