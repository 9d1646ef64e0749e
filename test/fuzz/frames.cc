// A libFuzzer target for what comes from the wire: `clang++ -fsanitize=fuzzer,address,undefined ...`. Without clang,
// mutate.cc drives it.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "receiver/wire/codec.h"

namespace zcl::wire {
namespace {

void demand(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "frames: %s\n", what);
  std::abort();
}

/// Whether encode() can know all of what was in the frame.
bool is_of_this_version(const Message& message) {
  if (const auto* hello = std::get_if<Hello>(&message)) return hello->version == kVersion;
  if (const auto* join = std::get_if<Join>(&message)) return join->version == kVersion;
  return true;
}

void check(const std::byte* data, size_t size) {
  const Parsed parsed = parse(data, size);
  switch (parsed.what) {
    case Parsed::What::kIncomplete:
      demand(parsed.bytes > size, "asks for less than there is");
      demand(parsed.bytes <= kMostFrameBytes, "asks for more than a frame may have");
      break;
    case Parsed::What::kMalformed:
      demand(*parsed.complaint != '\0', "complains of nothing");
      break;
    case Parsed::What::kMessage: {
      demand(parsed.bytes <= size, "has read more than there is");
      if (!is_of_this_version(parsed.message)) break;
      const std::string again = encode(parsed.message);
      demand(again.size() == parsed.bytes, "is not as long as what it was read from");
      demand(std::memcmp(again.data(), data, again.size()) == 0, "is not what it was read from");
      // What came after it is none of its business, and without its end it is not there.
      demand(parse(data, parsed.bytes).what == Parsed::What::kMessage, "depends on what follows");
      demand(parse(data, parsed.bytes - 1).what == Parsed::What::kIncomplete, "is there before its end");
      break;
    }
  }
}

}  // namespace
}  // namespace zcl::wire

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  zcl::wire::check(reinterpret_cast<const std::byte*>(data), size);
  return 0;
}
