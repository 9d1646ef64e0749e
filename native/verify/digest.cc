#include "verify/digest.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "core/mapping.h"

namespace zcl {
namespace {

constexpr uint64_t kMostBlocks = 65'536;
constexpr uint64_t kSmallestBlock = 4'096;
constexpr size_t kReadBytes = size_t{1} << 20;

/// Cuts a stream into chunks of one size and calls `emit` with the hash of each.
class ChunkHasher {
 public:
  explicit ChunkHasher(uint64_t chunk_bytes) : chunk_bytes_(chunk_bytes) { XXH3_64bits_reset(&state_); }

  template <class Emit>
  void update(const std::byte* data, size_t bytes, Emit emit) {
    while (bytes > 0) {
      const size_t part = std::min<uint64_t>(bytes, chunk_bytes_ - filled_);
      if (part == chunk_bytes_) {
        emit(XXH3_64bits(data, part));  // all in one piece, the usual case: no state to carry
      } else {
        XXH3_64bits_update(&state_, data, part);
        filled_ += part;
        if (filled_ == chunk_bytes_) flush(emit);
      }
      data += part;
      bytes -= part;
    }
  }

  /// Emits the last chunk, if there is a part of one.
  template <class Emit>
  void flush(Emit emit) {
    if (filled_ == 0) return;
    emit(XXH3_64bits_digest(&state_));
    XXH3_64bits_reset(&state_);
    filled_ = 0;
  }

 private:
  const uint64_t chunk_bytes_;
  uint64_t filled_ = 0;
  XXH3_state_t state_;
};

}  // namespace

DigestShape digest_shape(uint64_t bytes, uint64_t buffer_bytes) {
  uint64_t block = kSmallestBlock;
  while ((bytes + block - 1) / block > kMostBlocks) block *= 2;
  return {block, buffer_bytes};
}

struct Digester::State {
  explicit State(const DigestShape& shape) : blocks(shape.block_bytes), units(shape.unit_bytes) {
    XXH3_64bits_reset(&whole);
  }

  Digest digest;
  ChunkHasher blocks;
  ChunkHasher units;
  XXH3_state_t whole;
};

Digester::Digester(const DigestShape& shape) : state_(std::make_unique<State>(shape)) {}
Digester::Digester(Digester&&) noexcept = default;
Digester::~Digester() = default;

void Digester::update(const std::byte* data, size_t bytes) {
  Digest& digest = state_->digest;
  digest.bytes += bytes;
  XXH3_64bits_update(&state_->whole, data, bytes);
  state_->blocks.update(data, bytes, [&](uint64_t hash) { digest.blocks.push_back(hash); });
  state_->units.update(data, bytes, [&](uint64_t hash) { digest.unit_sum += hash; });
}

Digest Digester::finish() {
  Digest& digest = state_->digest;
  digest.whole = XXH3_64bits_digest(&state_->whole);
  state_->blocks.flush([&](uint64_t hash) { digest.blocks.push_back(hash); });
  state_->units.flush([&](uint64_t hash) { digest.unit_sum += hash; });
  return std::move(digest);
}

Status FileContent::each_piece(uint64_t from, uint64_t bytes, const Take& take) const {
  Result<Mapping> buffer = Mapping::buffer(std::min<uint64_t>(bytes, kReadBytes));
  if (!buffer.ok()) return std::move(buffer).error();
  for (uint64_t done = 0; done < bytes;) {
    const size_t wanted = std::min<uint64_t>(bytes - done, buffer->size());
    const ssize_t got = pread64(fd_, buffer->data(), wanted, static_cast<off64_t>(begin_ + from + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_error("read", errno, path_);
    if (got == 0) return short_source("read", path_);
    if (!take(buffer->data(), static_cast<size_t>(got))) return cancelled("read");
    done += static_cast<uint64_t>(got);
  }
  return {};
}

Result<Digest> digest_of(const Content& content, uint64_t bytes, const DigestShape& shape, const Interrupt& interrupt) {
  Digester digester(shape);
  Status status = content.each_piece(0, bytes, [&](const std::byte* data, size_t count) {
    digester.update(data, count);
    return !interrupt.requested();
  });
  if (!status.ok()) return std::move(status).error();
  return digester.finish();
}

Result<Digest> digest_file(int fd, uint64_t bytes, const DigestShape& shape, const Interrupt& interrupt,
                           const std::string& path) {
  return digest_of(FileContent(fd, path), bytes, shape, interrupt);
}

Result<uint64_t> hash_range(const Content& content, uint64_t offset, uint64_t bytes) {
  XXH3_state_t state;
  XXH3_64bits_reset(&state);
  Status status = content.each_piece(offset, bytes, [&](const std::byte* data, size_t count) {
    XXH3_64bits_update(&state, data, count);
    return true;
  });
  if (!status.ok()) return std::move(status).error();
  return static_cast<uint64_t>(XXH3_64bits_digest(&state));
}

}  // namespace zcl
