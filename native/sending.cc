#include "sending.h"

#include <unistd.h>

#include <cerrno>

namespace zcl {

Sending::Sending(Mode& mode, const RunRequest& request, const Interrupt& interrupt)
    : mode_(mode), request_(request), interrupt_(interrupt) {
  if (request.sender.latency) calls().time();
  if (const auto rate = request.sender.bytes_per_second) pace_.emplace(*rate, interrupt, calls());
}

Job Sending::job(const Source& input, const Output& output) {
  Job job{{input.fd(), input.bytes(), input.path()}, output, request_.buffer_bytes, interrupt_, request_.options};
  if (pace_) {
    job.moment = &*pace_;
    job.moment_at = 0;
    job.bytes_per_second = request_.sender.bytes_per_second;
  }
  return job;
}

Status Sending::move(const Job& job) {
  if (Status status = mode_.move(job); !status.ok()) return status;
  if (!job.proceed(job.input.bytes)) return cancelled("transfer");
  if (pace_) pace_->done_with(job.input.bytes);
  return request_.durable ? sync(job) : Status();
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
