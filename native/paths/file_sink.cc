#include <algorithm>

#include "core/file_facts.h"
#include "core/unique_fd.h"
#include "paths/sink.h"
#include "paths/unnamed_file.h"

namespace zcl {
namespace {

class FileSink final : public Sink {
 public:
  FileSink(UniqueFd file, std::string directory) : file_(std::move(file)), directory_(std::move(directory)) {}

  Output output() const override { return {file_.get(), directory_}; }

  Result<Arrival> settle() override {
    const Result<FileFacts> facts = facts_of(file_.get(), directory_);
    if (!facts.ok()) return facts.error();
    return Arrival{facts->bytes, {}, {}, {}};
  }

  Result<Digest> read_back(const DigestShape& shape, const Interrupt& interrupt) override {
    const Result<FileFacts> facts = facts_of(file_.get(), directory_);
    if (!facts.ok()) return facts.error();
    return digest_file(file_.get(), facts->bytes, shape, interrupt, directory_);
  }

  const char* how_verified() const override { return "readback"; }

  uint64_t bytes_so_far() const override {
    const Result<FileFacts> facts = facts_of(file_.get());
    // A mode may give the file its size before its bytes: those that are there have blocks, or their reservation.
    return facts.ok() ? std::min(facts->bytes, facts->allocated_bytes) : 0;
  }

 private:
  const UniqueFd file_;
  const std::string directory_;
};

}  // namespace

Result<std::unique_ptr<Sink>> open_file_sink(const std::string& directory) {
  Result<UniqueFd> file = open_unnamed_file(directory);
  if (!file.ok()) return std::move(file).error();
  return std::unique_ptr<Sink>(std::make_unique<FileSink>(std::move(*file), directory));
}

}  // namespace zcl
