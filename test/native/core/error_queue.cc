// What messages of the error queue say, read from control messages made here.

#include "zerocopy/error_queue.h"

#include <linux/errqueue.h>
#include <netinet/in.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <ctime>

#include "core/check.h"

namespace zcl {
namespace {

sock_extended_err report(uint32_t lo, uint32_t hi, uint8_t code) {
  sock_extended_err report{};
  report.ee_origin = SO_EE_ORIGIN_ZEROCOPY;
  report.ee_code = code;
  report.ee_info = lo;
  report.ee_data = hi;
  return report;
}

/// A message with control messages in it, as recvmsg leaves it.
class Message {
 public:
  template <class T>
  Message& add(int level, int type, const T& content, size_t bytes = sizeof(T)) {
    auto* header = reinterpret_cast<cmsghdr*>(control_.data() + used_);
    header->cmsg_level = level;
    header->cmsg_type = type;
    header->cmsg_len = CMSG_LEN(bytes);
    std::memcpy(CMSG_DATA(header), &content, bytes);
    used_ += CMSG_SPACE(bytes);
    return *this;
  }

  std::optional<Completion> parse() {
    msghdr message{};
    message.msg_control = control_.data();
    message.msg_controllen = used_;
    return parse_completion(message);
  }

 private:
  alignas(cmsghdr) std::array<std::byte, 512> control_{};
  size_t used_ = 0;
};

bool is(const std::optional<Completion>& found, uint32_t lo, uint32_t hi, bool copied) {
  return found && found->lo == lo && found->hi == hi && found->copied == copied;
}

/// As the kernel writes it: the report, and behind it the address of who caused it.
struct WithAddress {
  sock_extended_err report;
  sockaddr_in6 address;
};

void both_families() {
  CHECK(is(Message().add(SOL_IP, IP_RECVERR, report(3, 9, 0)).parse(), 3, 9, false));
  CHECK(is(Message().add(SOL_IPV6, IPV6_RECVERR, report(3, 9, 0)).parse(), 3, 9, false));
  CHECK(is(Message().add(SOL_IPV6, IPV6_RECVERR, WithAddress{report(1, 1, 1), {}}).parse(), 1, 1, true));
}

void the_flag_is_one_bit() {
  CHECK(is(Message().add(SOL_IP, IP_RECVERR, report(0, 0, SO_EE_CODE_ZEROCOPY_COPIED)).parse(), 0, 0, true));
  CHECK(is(Message().add(SOL_IP, IP_RECVERR, report(0, 0, 0xfe)).parse(), 0, 0, false));
  CHECK(is(Message().add(SOL_IP, IP_RECVERR, report(0, 0, 0xff)).parse(), 0, 0, true));
}

void ids_of_all_widths() {
  CHECK(is(Message().add(SOL_IP, IP_RECVERR, report(0xffffffff, 0, 0)).parse(), 0xffffffff, 0, false));
}

void what_is_about_something_else() {
  sock_extended_err icmp = report(1, 2, 0);
  icmp.ee_origin = SO_EE_ORIGIN_ICMP;
  icmp.ee_errno = ECONNREFUSED;
  sock_extended_err failed = report(1, 2, 0);
  failed.ee_errno = ENOMSG;
  CHECK(!Message().parse());
  CHECK(!Message().add(SOL_IP, IP_RECVERR, icmp).parse());
  CHECK(!Message().add(SOL_IP, IP_RECVERR, failed).parse());
  CHECK(!Message().add(SOL_IP, IP_TTL, report(1, 2, 0)).parse());
  CHECK(!Message().add(SOL_SOCKET, IP_RECVERR, report(1, 2, 0)).parse());
  CHECK(!Message().add(SOL_IPV6, IP_RECVERR, report(1, 2, 0)).parse());
  CHECK(!Message().add(SOL_IP, IP_RECVERR, report(1, 2, 0), sizeof(sock_extended_err) - 1).parse());
}

void among_others() {
  const int ttl = 64;
  sock_extended_err icmp = report(7, 7, 0);
  icmp.ee_origin = SO_EE_ORIGIN_ICMP;
  Message message;
  message.add(SOL_IP, IP_TTL, ttl).add(SOL_IP, IP_RECVERR, icmp).add(SOL_IP, IP_RECVERR, report(4, 5, 1));
  CHECK(is(message.parse(), 4, 5, true));
}

}  // namespace
}  // namespace zcl

int main() {
  zcl::both_families();
  zcl::the_flag_is_one_bit();
  zcl::ids_of_all_widths();
  zcl::what_is_about_something_else();
  zcl::among_others();
}
