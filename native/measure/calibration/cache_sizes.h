#pragma once

#include <cstddef>

namespace zcl {

/// Bytes of each level of cache that the first CPU has, its own or shared with others.
struct CacheSizes {
  size_t l1 = size_t{32} << 10;
  size_t l2 = size_t{1} << 20;
  size_t l3 = size_t{32} << 20;
};

/// By /sys/devices/system/cpu/cpu0/cache (Documentation/ABI/testing/sysfs-devices-system-cpu); what it does not tell by
/// sysconf(3), and what neither tells is as usual. sysconf alone will not do: glibc adds up the L3 of a whole machine.
CacheSizes cache_sizes();

}  // namespace zcl
