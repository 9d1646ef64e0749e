#pragma once

#include "core/result.h"
#include "paths/sink.h"
#include "receiver/connect.h"

namespace zcl {

/// Sets what is asked for of a sending socket. Everything else keeps its default, Nagle included: what is measured is
/// what a plain program gets.
Prepare before_connecting(const SocketOptions& options);

/// The rest of it, when receiver and sender have found each other, so that no handshake is held back by it.
Status before_sending(const SocketOptions& options, int socket);

}  // namespace zcl
