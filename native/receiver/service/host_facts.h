#pragma once

#include "receiver/endpoint.h"
#include "receiver/wire/message.h"

namespace zcl::service {

/// What is told about this host, by the names of docs/protocol.md. A fact that cannot be had is left out.
/// @param own where the connection came in
wire::Facts host_facts(const Endpoint& own);

}  // namespace zcl::service
