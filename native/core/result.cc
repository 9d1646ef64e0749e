#include "core/result.h"

#include <cerrno>
#include <cstring>

namespace zcl {
namespace {

// strerrorname_np came with glibc 2.32, above our floor. These are the errors our calls are documented to give.
struct Name {
  int number;
  const char* name;
};

constexpr Name kNames[] = {
    {EACCES, "EACCES"},
    {EADDRINUSE, "EADDRINUSE"},
    {EADDRNOTAVAIL, "EADDRNOTAVAIL"},
    {EAFNOSUPPORT, "EAFNOSUPPORT"},
    {EAGAIN, "EAGAIN"},
    {EBADF, "EBADF"},
    {EBUSY, "EBUSY"},
    {ECONNABORTED, "ECONNABORTED"},
    {ECONNREFUSED, "ECONNREFUSED"},
    {ECONNRESET, "ECONNRESET"},
    {EDQUOT, "EDQUOT"},
    {EEXIST, "EEXIST"},
    {EFAULT, "EFAULT"},
    {EFBIG, "EFBIG"},
    {EHOSTUNREACH, "EHOSTUNREACH"},
    {EINPROGRESS, "EINPROGRESS"},
    {EINTR, "EINTR"},
    {EINVAL, "EINVAL"},
    {EIO, "EIO"},
    {EISDIR, "EISDIR"},
    {ELOOP, "ELOOP"},
    {EMFILE, "EMFILE"},
    {EMSGSIZE, "EMSGSIZE"},
    {ENAMETOOLONG, "ENAMETOOLONG"},
    {ENETDOWN, "ENETDOWN"},
    {ENETUNREACH, "ENETUNREACH"},
    {ENFILE, "ENFILE"},
    {ENOBUFS, "ENOBUFS"},
    {ENODEV, "ENODEV"},
    {ENOENT, "ENOENT"},
    {ENOLCK, "ENOLCK"},
    {ENOMEM, "ENOMEM"},
    {ENOSPC, "ENOSPC"},
    {ENOSYS, "ENOSYS"},
    {ENOTCONN, "ENOTCONN"},
    {ENOTDIR, "ENOTDIR"},
    {ENOTSOCK, "ENOTSOCK"},
    {ENXIO, "ENXIO"},
    {EOPNOTSUPP, "EOPNOTSUPP"},
    {EOVERFLOW, "EOVERFLOW"},
    {EPERM, "EPERM"},
    {EPIPE, "EPIPE"},
    {EPROTO, "EPROTO"},
    {EROFS, "EROFS"},
    {ESPIPE, "ESPIPE"},
    {ESTALE, "ESTALE"},
    {ETIMEDOUT, "ETIMEDOUT"},
    {ETXTBSY, "ETXTBSY"},
    {EXDEV, "EXDEV"},
};

std::string name_of(int number) {
  for (const Name& entry : kNames) {
    if (entry.number == number) return entry.name;
  }
  return "E" + std::to_string(number);
}

}  // namespace

Error system_error(const char* call, int number, std::string path) {
  char text[128] = "";
  return {name_of(number), call, strerror_r(number, text, sizeof text), std::move(path)};
}

Error short_source(const char* call, std::string path) {
  return {"SHORT", call, "The source ended before the size it had when it was opened.", std::move(path)};
}

Error cancelled(const char* call) {
  return {"CANCELLED", call, "The transfer was cancelled.", {}};
}

Error bad_argument(std::string message) {
  return {"BAD_ARGUMENT", "arguments", std::move(message), {}};
}

}  // namespace zcl
