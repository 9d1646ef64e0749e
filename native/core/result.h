#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace zcl {

/// Why something failed, as a value: nothing in the core throws.
struct Error {
  std::string code;     ///< errno by name ("ENOSPC") or one of our own ("SHORT", "CANCELLED", ...)
  std::string call;     ///< system call or step that failed
  std::string message;  ///< one sentence for people
  std::string path;     ///< the path concerned, or empty
};

/// The error of a failed system call: name and text of `number`, an errno value.
Error system_error(const char* call, int number, std::string path = {});

/// Errors of our own, in the words of native/addon.d.ts.
Error short_source(const char* call, std::string path);
Error cancelled(const char* call);
Error bad_argument(std::string message);

/// Success, or an error. As wide as a pointer, so that a loop may return it per chunk at no cost worth measuring.
class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(Error error) : error_(std::make_unique<Error>(std::move(error))) {}

  bool ok() const { return error_ == nullptr; }
  const Error& error() const& { return *error_; }
  Error error() && { return std::move(*error_); }

 private:
  std::unique_ptr<Error> error_;
};

/// A value, or an error.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : value_(std::move(value)) {}
  Result(Error error) : status_(std::move(error)) {}

  bool ok() const { return status_.ok(); }
  const Error& error() const& { return status_.error(); }
  Error error() && { return std::move(status_).error(); }

  T& operator*() { return *value_; }
  const T& operator*() const { return *value_; }
  T* operator->() { return &*value_; }
  const T* operator->() const { return &*value_; }

 private:
  std::optional<T> value_;
  Status status_;
};

}  // namespace zcl
