#pragma once

#include <cstdint>

#include "core/interrupt.h"
#include "core/result.h"
#include "core/unique_fd.h"
#include "receiver/connect.h"
#include "receiver/meeting.h"
#include "receiver/token.h"

/// How sender and receiver find each other: the sender shows a random token, the receiver, once it is ready to take
/// the payload, answers with one byte. Whoever else connects is refused and disturbs nobody.
namespace zcl {

struct Listener {
  UniqueFd socket;
  uint16_t port;
};

/// The receiver's side: listens on a free TCP port of the meeting's address, and no other.
Result<Listener> listen_at(const Meeting& meeting);

/// The sender's side: connects a socket that `prepare` has set to `port` of the meeting's address and sends the token.
/// ETIMEDOUT after 10 s. The socket it gives is a blocking one.
Result<UniqueFd> connect_and_show(const Meeting& meeting, uint16_t port, const Token& token, const Prepare& prepare,
                                  const Interrupt& interrupt);

/// The sender's side: waits for the receiver's byte. ETIMEDOUT after 10 s.
Status await_welcome(int socket, const Interrupt& interrupt);

/// The receiver's side: the first connection that shows the token. Others are closed. ETIMEDOUT after 10 s.
Result<UniqueFd> accept_token(const Listener& listener, const Token& token, const Interrupt& interrupt);

/// The receiver's side: tells the sender to begin.
Status welcome(int socket);

}  // namespace zcl
