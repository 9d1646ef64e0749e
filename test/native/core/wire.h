#pragma once

#include <string>

#include "core/unique_fd.h"

namespace zcl {

/// Two ends of a TCP connection.
struct Ends {
  UniqueFd sender;
  UniqueFd receiver;
};

/// Connects over one of these, made for the purpose and gone with the process, which must be in a network namespace of
/// its own and may do there what it likes:
/// `loopback`; `veth`, whose other device is in a second namespace; `veth-without-sg`, the same without scatter-gather
/// at the sending device; `veth-held`, the same as `veth` with a queue at that device that holds what is sent.
/// `receive_buffer_bytes` is SO_RCVBUF of the receiver, 0 for the kernel's choice: small, and soon nothing more is sent
/// to one who does not read. Or to who listens elsewhere, at an `ADDRESS:PORT`: then there is no receiving end here, and
/// nothing is made. A failure ends the process with status 2.
Ends connect_over(const std::string& wire, int receive_buffer_bytes);

}  // namespace zcl
