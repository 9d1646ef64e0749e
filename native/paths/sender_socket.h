#pragma once

#include "core/result.h"
#include "paths/sink.h"

namespace zcl {

/// Sets what is asked for of a sending socket. Everything else keeps its default, Nagle included: what is measured is
/// what a plain program gets.
Status apply(const SocketOptions& options, int socket);

}  // namespace zcl
