#pragma once

#include <optional>
#include <string>

#include "core/result.h"
#include "receiver/endpoint.h"

namespace zcl {

/// Name of the interface that bytes for `there` leave by; that of loopback for an address of this very host. Nothing is
/// sent for it. ENETUNREACH where no route leads there.
Result<std::string> interface_towards(const Endpoint& there);

/// Name of the interface that has the address of `own`, or nothing.
std::optional<std::string> interface_with(const Endpoint& own);

/// Largest packet in bytes that the interface of this name sends.
std::optional<uint32_t> mtu_of(const std::string& interface);

}  // namespace zcl
