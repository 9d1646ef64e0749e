#pragma once

#include "laboratory/netlink.h"
#include "laboratory/settings.h"

/// What an interface's queueing discipline does to the packets on their way out: tc-tbf(8), tc-netem(8).
namespace zcl {

/// Puts in what the settings ask for; nothing where they ask for none of it. ENOENT of a discipline this kernel does
/// not have.
Status shape(const Netlink& netlink, int index, const LaboratorySettings& settings);

struct Shape {
  std::optional<uint64_t> bytes_per_second;
  uint32_t delay_us = 0;
  double loss = 0;
};

/// What is in force.
Result<Shape> shape_of(const Netlink& netlink, int index);

}  // namespace zcl
