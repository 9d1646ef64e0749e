#include "zerocopy/error_queue.h"

#include <netinet/in.h>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <ctime>

// Needs struct timespec to be there.
#include <linux/errqueue.h>

namespace zcl {
namespace {

bool is_extended_error(const cmsghdr& header) {
  const bool of_ip = (header.cmsg_level == SOL_IP && header.cmsg_type == IP_RECVERR) ||
                     (header.cmsg_level == SOL_IPV6 && header.cmsg_type == IPV6_RECVERR);
  return of_ip && header.cmsg_len >= CMSG_LEN(sizeof(sock_extended_err));
}

}  // namespace

std::optional<Completion> parse_completion(msghdr& message) {
  for (cmsghdr* header = CMSG_FIRSTHDR(&message); header != nullptr; header = CMSG_NXTHDR(&message, header)) {
    if (!is_extended_error(*header)) continue;
    sock_extended_err report{};
    std::memcpy(&report, CMSG_DATA(header), sizeof report);
    if (report.ee_origin != SO_EE_ORIGIN_ZEROCOPY || report.ee_errno != 0) continue;
    return Completion{report.ee_info, report.ee_data, (report.ee_code & SO_EE_CODE_ZEROCOPY_COPIED) != 0};
  }
  return {};
}

Result<bool> ErrorQueue::take(int socket, CompletionTracker& tracker) {
  // Room for the one control message there is: the report, and behind it an address of either family.
  alignas(cmsghdr) std::byte control[CMSG_SPACE(sizeof(sock_extended_err) + sizeof(sockaddr_in6))];
  msghdr message{};
  message.msg_control = control;
  message.msg_controllen = sizeof control;
  if (recvmsg_([&] { return recvmsg(socket, &message, MSG_ERRQUEUE | MSG_DONTWAIT); }) < 0) {
    if (errno == EAGAIN) return false;
    return system_error("recvmsg", errno);
  }
  if (const std::optional<Completion> completion = parse_completion(message)) tracker.completed(*completion);
  return true;
}

}  // namespace zcl
