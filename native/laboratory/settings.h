#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "host/interface.h"

namespace zcl {

/// How the sender's end of a laboratory's veth pair is to be set. What is not said stays as the kernel makes it.
struct LaboratorySettings {
  std::optional<bool> scatter_gather;
  std::optional<bool> tso;
  std::optional<bool> gso;
  std::optional<bool> tx_checksum;
  std::optional<uint32_t> mtu;               ///< of both ends; 68 to 65535
  std::optional<uint64_t> bytes_per_second;  ///< by tbf
  std::optional<uint32_t> delay_us;          ///< by netem
  std::optional<double> loss;                ///< by netem; share of the packets, 0 to 1
};

/// How it is set, as the kernel tells it.
struct LaboratoryReading {
  std::string interface;
  uint32_t mtu;
  InterfaceFeatures features;
  std::optional<uint64_t> bytes_per_second;  ///< nothing: as fast as it goes
  uint32_t delay_us;
  double loss;
  uint64_t sent_bytes;  ///< since it was made, headers included
  uint64_t received_bytes;
};

}  // namespace zcl
