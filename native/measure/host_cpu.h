#pragma once

#include <cstdint>
#include <optional>

namespace zcl {

/// What all CPUs of this host have spent since it booted, by /proc/stat (proc_stat(5)): in ticks of USER_HZ, so that only
/// sums over many transfers mean something. Everybody's work is in it.
struct HostCpu {
  int64_t busy_ns;     ///< in anything but idling
  int64_t softirq_ns;  ///< of that, in soft interrupts, where packets are received
};

std::optional<HostCpu> host_cpu();

}  // namespace zcl
