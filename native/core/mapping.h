#pragma once

#include <cstddef>
#include <utility>

#include "core/result.h"

namespace zcl {

/// Owns a range of mapped memory: a buffer of our own, or a view of a file.
class Mapping {
 public:
  Mapping() = default;
  Mapping(Mapping&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  Mapping& operator=(Mapping&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    other.unmap();
    return *this;
  }
  ~Mapping() { unmap(); }

  /// A private zeroed buffer with every page already there, so that no fault falls into a timed window.
  /// A size the machine cannot give is ENOMEM, not an exception. `bytes` of 0 gives an empty buffer.
  static Result<Mapping> buffer(size_t bytes);

  /// A read-only view of `bytes` (> 0) of `fd` from `offset`, a multiple of the page size. Nothing is faulted in.
  static Result<Mapping> of_file(int fd, size_t bytes, off_t offset = 0);

  /// A view of the first `bytes` (> 0) of `fd` that writes through to the file. Nothing is faulted in, and no space is
  /// reserved: a page that cannot be had is a SIGBUS when it is touched (see `BusGuard`).
  static Result<Mapping> writable(int fd, size_t bytes);

  /// `bytes` (> 0) of `fd` from `offset`, for everyone who maps them, the kernel too, to read and to write, with every
  /// page already there.
  static Result<Mapping> shared(int fd, size_t bytes, off_t offset = 0);

  std::byte* data() const { return data_; }
  size_t size() const { return size_; }

  /// Unmaps now. Does nothing when nothing is mapped.
  void unmap();

 private:
  Mapping(void* data, size_t size) : data_(static_cast<std::byte*>(data)), size_(size) {}

  std::byte* data_ = nullptr;
  size_t size_ = 0;
};

}  // namespace zcl
