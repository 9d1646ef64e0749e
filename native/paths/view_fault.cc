#include "paths/view_fault.h"

#include "core/file_facts.h"

namespace zcl {

Status explain_view_fault(const Job& job, Status failure) {
  if (failure.error().code != "EFAULT") return failure;
  const Result<FileFacts> now = facts_of(job.input.fd);
  const bool cut = now.ok() && now->bytes < job.input.end();
  return cut ? Status(short_source(failure.error().call.c_str(), job.input.path)) : std::move(failure);
}

}  // namespace zcl
