#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/interrupt.h"
#include "core/result.h"

namespace zcl {

/// How a stream is cut up for hashing; both ends must use the same.
struct DigestShape {
  uint64_t block_bytes;  ///< a hash is kept per block: a power of two, at least 4096
  uint64_t unit_bytes;   ///< what a mode moves per call: hashes of these are summed up, in no order
};

/// At most 65,536 blocks of `bytes`, so that the lists stay small whatever the size.
DigestShape digest_shape(uint64_t bytes, uint64_t buffer_bytes);

/// What is kept of a stream. XXH3, 64 bits, seed 0.
struct Digest {
  uint64_t bytes = 0;
  uint64_t whole = 0;            ///< hash over all of it
  std::vector<uint64_t> blocks;  ///< hash per block, the last one perhaps of a part
  uint64_t unit_sum = 0;         ///< sum of the units' hashes: the same when units have only changed places
};

/// Hashes a stream that comes in pieces.
class Digester {
 public:
  explicit Digester(const DigestShape& shape);
  Digester(Digester&&) noexcept;
  ~Digester();

  void update(const std::byte* data, size_t bytes);
  Digest finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Bytes that can be gone through as often as one likes: what was to arrive, or what did.
class Content {
 public:
  /// Takes a piece; false ends the pass.
  using Take = std::function<bool(const std::byte* data, size_t bytes)>;

  virtual ~Content() = default;

  /// Gives `take` all bytes of a range, in order. SHORT when they are not there, CANCELLED when `take` has enough.
  virtual Status each_piece(uint64_t from, uint64_t bytes, const Take& take) const = 0;
};

/// What is in a file. Leaves the file offset alone.
class FileContent final : public Content {
 public:
  /// `fd` and `path`, which is for errors, are borrowed.
  /// @param begin of the content in the file
  FileContent(int fd, const std::string& path, uint64_t begin = 0) : fd_(fd), path_(path), begin_(begin) {}

  Status each_piece(uint64_t from, uint64_t bytes, const Take& take) const override;

 private:
  const int fd_;
  const std::string& path_;
  const uint64_t begin_;
};

/// Hashes the first `bytes` of `content`.
Result<Digest> digest_of(const Content& content, uint64_t bytes, const DigestShape& shape, const Interrupt& interrupt);

/// Hashes the first `bytes` of `fd`; `path` is for errors. Leaves the file offset alone.
Result<Digest> digest_file(int fd, uint64_t bytes, const DigestShape& shape, const Interrupt& interrupt,
                           const std::string& path);

/// Hash of `bytes` of `content` from `offset`, as a block would have it. SHORT when they are not there.
Result<uint64_t> hash_range(const Content& content, uint64_t offset, uint64_t bytes);

}  // namespace zcl
