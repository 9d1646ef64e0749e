#include "objects.h"

#include "core/counted.h"
#include "core/file_facts.h"
#include "paths/unnamed_file.h"

namespace zcl {
namespace {

Status move_to(Sending& sending, const Source& input, const Output& output) {
  const Job job = sending.job(input, output);
  Status status = sending.mode().prepare(job);
  if (status.ok()) status = sending.move(job);
  sending.mode().finish();
  return status;
}

Result<uint64_t> move_to_stream(Sending& sending, const Source& input, const Output& stream) {
  if (Status status = move_to(sending, input, stream); !status.ok()) return std::move(status).error();
  return input.bytes();
}

/// How many bytes are in the file, which is looked at before it is gone.
Result<uint64_t> move_to_file(Sending& sending, const Source& input) {
  const std::string& directory = sending.request().directory;
  CallCounter& calls = sending.calls();
  Result<UniqueFd> file = open_unnamed_file(directory, Link::kNever, calls);
  if (!file.ok()) return std::move(file).error();
  if (Status status = move_to(sending, input, {file->get(), directory}); !status.ok()) return std::move(status).error();
  const Result<FileFacts> facts = calls["statx"]([&] { return facts_of(file->get(), directory); });
  close(*file, calls);
  if (!facts.ok()) return facts.error();
  return facts->bytes;
}

}  // namespace

Status move_objects(Sending& sending, const SourceSet& objects, const std::optional<Output>& stream,
                    std::atomic<uint64_t>& moved) {
  CallCounter& calls = sending.calls();
  SystemCall& open_call = calls["open"];
  for (uint64_t number = 0; number < *sending.request().objects; ++number) {
    Result<Source> input = open_call([&] { return objects.at(number).reopen(); });
    if (!input.ok()) return std::move(input).error();
    const Result<uint64_t> bytes = stream ? move_to_stream(sending, *input, *stream) : move_to_file(sending, *input);
    if (!bytes.ok()) return bytes.error();
    input->close(calls);
    moved.store(moved.load(std::memory_order_relaxed) + *bytes, std::memory_order_relaxed);
  }
  return {};
}

}  // namespace zcl
