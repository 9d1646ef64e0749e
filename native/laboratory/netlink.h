#pragma once

#include <linux/netlink.h>
#include <linux/rtnetlink.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "core/result.h"
#include "core/unique_fd.h"

/// As much of rtnetlink(7) as the laboratory needs: requests of attributes, and what comes back.
namespace zcl {

/// One request, built in order. `Head` is what its type has behind the header: `ifinfomsg`, `ifaddrmsg`, `tcmsg`.
class NetlinkRequest {
 public:
  template <class Head>
  NetlinkRequest(uint16_t type, uint16_t flags, const Head& head) {
    nlmsghdr header{};
    header.nlmsg_type = type;
    header.nlmsg_flags = static_cast<uint16_t>(NLM_F_REQUEST | NLM_F_ACK | flags);
    append(&header, sizeof header);
    append(&head, sizeof head);
  }

  template <class T>
  NetlinkRequest& add(uint16_t attribute, const T& value) {
    return attach(attribute, &value, sizeof value);
  }

  NetlinkRequest& add_text(uint16_t attribute, const std::string& text) {
    return attach(attribute, text.c_str(), text.size() + 1);
  }

  /// `fill` adds what is nested in the attribute.
  template <class Fill>
  NetlinkRequest& nest(uint16_t attribute, Fill fill) {
    const size_t start = bytes_.size();
    attach(attribute, nullptr, 0);
    fill(*this);
    close(start);
    return *this;
  }

  /// As `nest`, with a structure in front of what is nested.
  template <class Head, class Fill>
  NetlinkRequest& nest(uint16_t attribute, const Head& head, Fill fill) {
    return nest(attribute, [&](NetlinkRequest& inner) {
      inner.append(&head, sizeof head);
      fill(inner);
    });
  }

  /// The finished message.
  const std::vector<char>& message();

 private:
  void append(const void* data, size_t bytes);
  NetlinkRequest& attach(uint16_t attribute, const void* data, size_t bytes);
  void close(size_t start);

  std::vector<char> bytes_;
};

/// Attributes that came back, each with its bytes. Borrows from the answer it is of.
class Attributes {
 public:
  Attributes(const char* first, size_t bytes) : first_(first), bytes_(bytes) {}

  bool has(uint16_t attribute) const { return find(attribute) != nullptr; }

  /// Zeros where there is no such attribute; a shorter one fills the beginning.
  template <class T>
  T get(uint16_t attribute) const {
    T value{};
    if (const rtattr* found = find(attribute)) {
      std::memcpy(&value, RTA_DATA(found), std::min(sizeof value, size_t{RTA_PAYLOAD(found)}));
    }
    return value;
  }

  std::string text(uint16_t attribute) const;

  /// What is nested in an attribute, behind `head` bytes.
  Attributes within(uint16_t attribute, size_t head = 0) const;

 private:
  const rtattr* find(uint16_t attribute) const;

  const char* first_;
  size_t bytes_;
};

/// One message of an answer.
struct NetlinkMessage {
  std::vector<char> payload;  ///< the structure of its type, and its attributes behind that

  template <class Head>
  Head head() const {
    Head head{};
    std::memcpy(&head, payload.data(), std::min(sizeof head, payload.size()));
    return head;
  }

  template <class Head>
  Attributes attributes() const {
    const size_t behind = std::min(NLMSG_ALIGN(sizeof(Head)), payload.size());
    return {payload.data() + behind, payload.size() - behind};
  }
};

/// A socket of NETLINK_ROUTE, in whichever network namespace it was made.
class Netlink {
 public:
  explicit Netlink(UniqueFd socket) : socket_(std::move(socket)) {}

  /// Has the kernel do something. `what` names it in errors.
  Status ask(NetlinkRequest request, const char* what) const;

  /// What the kernel answers: one message, or with NLM_F_DUMP any number.
  Result<std::vector<NetlinkMessage>> get(NetlinkRequest request, const char* what) const;

 private:
  UniqueFd socket_;
};

}  // namespace zcl
