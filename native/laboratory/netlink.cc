#include "laboratory/netlink.h"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

namespace zcl {
namespace {

/// More than a message of the kernel's has (NLMSG_GOODSIZE is at most 8 KiB, dumps come in pieces of up to 32 KiB).
constexpr size_t kAnswerBytes = 64 << 10;

}  // namespace

void NetlinkRequest::append(const void* data, size_t bytes) {
  const size_t at = bytes_.size();
  bytes_.resize(at + NLMSG_ALIGN(bytes));
  if (bytes > 0) std::memcpy(bytes_.data() + at, data, bytes);
}

NetlinkRequest& NetlinkRequest::attach(uint16_t attribute, const void* data, size_t bytes) {
  rtattr header{};
  header.rta_type = attribute;
  header.rta_len = static_cast<uint16_t>(RTA_LENGTH(bytes));
  append(&header, sizeof header);
  append(data, bytes);
  return *this;
}

void NetlinkRequest::close(size_t start) {
  const auto bytes = static_cast<uint16_t>(bytes_.size() - start);
  std::memcpy(bytes_.data() + start + offsetof(rtattr, rta_len), &bytes, sizeof bytes);
}

const std::vector<char>& NetlinkRequest::message() {
  const auto bytes = static_cast<uint32_t>(bytes_.size());
  std::memcpy(bytes_.data() + offsetof(nlmsghdr, nlmsg_len), &bytes, sizeof bytes);
  return bytes_;
}

const rtattr* Attributes::find(uint16_t attribute) const {
  const char* at = first_;
  for (size_t left = bytes_; left >= sizeof(rtattr);) {
    const auto* each = reinterpret_cast<const rtattr*>(at);
    if (each->rta_len < sizeof(rtattr) || each->rta_len > left) return nullptr;
    if ((each->rta_type & NLA_TYPE_MASK) == attribute) return each;
    const size_t step = std::min(size_t{RTA_ALIGN(each->rta_len)}, left);
    at += step;
    left -= step;
  }
  return nullptr;
}

std::string Attributes::text(uint16_t attribute) const {
  const rtattr* found = find(attribute);
  if (found == nullptr) return {};
  const char* text = static_cast<const char*>(RTA_DATA(found));
  return {text, strnlen(text, RTA_PAYLOAD(found))};
}

Attributes Attributes::within(uint16_t attribute, size_t head) const {
  const rtattr* found = find(attribute);
  if (found == nullptr || RTA_PAYLOAD(found) < head) return {nullptr, 0};
  return {static_cast<const char*>(RTA_DATA(found)) + head, RTA_PAYLOAD(found) - head};
}

Status Netlink::ask(NetlinkRequest request, const char* what) const {
  const Result<std::vector<NetlinkMessage>> answer = get(std::move(request), what);
  return answer.ok() ? Status() : Status(answer.error());
}

Result<std::vector<NetlinkMessage>> Netlink::get(NetlinkRequest request, const char* what) const {
  const std::vector<char>& message = request.message();
  if (send(socket_.get(), message.data(), message.size(), 0) < 0) return system_error(what, errno);
  std::vector<NetlinkMessage> messages;
  // As wide as the strictest of the structures in it, which are cast out of it.
  std::vector<uint64_t> room(kAnswerBytes / sizeof(uint64_t));
  for (;;) {
    const ssize_t got = recv(socket_.get(), room.data(), kAnswerBytes, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_error(what, errno);
    auto left = static_cast<unsigned>(got);
    for (auto* each = reinterpret_cast<nlmsghdr*>(room.data()); NLMSG_OK(each, left); each = NLMSG_NEXT(each, left)) {
      if (each->nlmsg_type == NLMSG_DONE) return messages;
      const auto* payload = static_cast<const char*>(NLMSG_DATA(each));
      if (each->nlmsg_type != NLMSG_ERROR) {
        messages.push_back({{payload, payload + NLMSG_PAYLOAD(each, 0)}});
        continue;
      }
      int error = 0;
      std::memcpy(&error, payload, sizeof error);
      if (error != 0) return system_error(what, -error);
      return messages;  // the acknowledgement comes last
    }
  }
}

}  // namespace zcl
