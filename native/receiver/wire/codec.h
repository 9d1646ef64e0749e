#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "receiver/wire/message.h"

namespace zcl::wire {

constexpr size_t kHeaderBytes = 8;
constexpr size_t kMostPayloadBytes = 16'384;
constexpr size_t kMostFrameBytes = kHeaderBytes + kMostPayloadBytes;

/// The message as a frame: at most `kMostFrameBytes`. Lists and texts that are too long are cut.
std::string encode(const Message& message);

struct Parsed {
  enum class What {
    kMessage,     ///< `message` is what the first `bytes` say
    kIncomplete,  ///< `bytes` in all are needed to know more
    kMalformed,   ///< no frame of this protocol begins like this: `complaint`
  };
  What what;
  size_t bytes = 0;
  Message message{};
  const char* complaint = "";
};

/// Reads one frame from the start of `data`, of which only the first `size` bytes are there. Pure, and safe for whatever
/// comes: it reads nothing behind `size`, and keeps nothing that is larger than its bounds. What it accepts, encode()
/// gives again byte for byte, other versions' Hello and Join apart.
Parsed parse(const std::byte* data, size_t size);

}  // namespace zcl::wire
