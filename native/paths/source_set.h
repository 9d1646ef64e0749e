#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/interrupt.h"
#include "core/result.h"
#include "paths/source.h"

namespace zcl {

/// What transfers take their bytes from: one file, or many generated ones of one size. Copies share the files, which
/// are closed with the last of them; its methods may be called from any thread.
class SourceSet {
 public:
  SourceSet() = default;  ///< no file
  explicit SourceSet(Source only);

  /// `count` (> 0) unnamed files of `bytes` in `directory`, on the disk; the first has the bytes that a single one of
  /// this seed would have. Each is open all the while, so the limit of open files is raised as far as that needs;
  /// EMFILE, in plain words, where the hard limit is too low.
  static Result<SourceSet> generate(const std::string& directory, uint64_t bytes, uint64_t count, uint64_t seed,
                                    const Interrupt& interrupt);

  bool empty() const { return !files_; }

  /// Of one that is not empty: file `number`, going round.
  const Source& at(uint64_t number) const { return (*files_)[number % files_->size()]; }
  const Source& first() const { return files_->front(); }

  /// Of all files together; all have the same size.
  uint64_t bytes() const { return bytes_of(files_->size()); }

  /// Of so many files, going round.
  uint64_t bytes_of(uint64_t count) const { return count * first().bytes(); }

  /// Share of their pages in the page cache; see measure/residency.h.
  Result<std::optional<double>> residency() const;

  /// As those of a Source, of every file.
  Status warm(const Interrupt& interrupt) const;
  Status drop() const;
  Status unchanged() const;

 private:
  std::shared_ptr<const std::vector<Source>> files_;
};

}  // namespace zcl
