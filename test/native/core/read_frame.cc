// `read_frame FILE`: what the reader of frames makes of the start of a file.

#include <cstdio>
#include <fstream>
#include <iterator>
#include <vector>

#include "receiver/wire/codec.h"

int main(int count, char** words) {
  if (count != 2) return 2;
  std::ifstream file(words[1], std::ios::binary);
  const std::vector<char> bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  using zcl::wire::Parsed;
  const Parsed parsed = zcl::wire::parse(reinterpret_cast<const std::byte*>(bytes.data()), bytes.size());
  switch (parsed.what) {
    case Parsed::What::kMessage:
      std::printf("message %zu: %zu bytes\n", parsed.message.index() + 1, parsed.bytes);
      break;
    case Parsed::What::kIncomplete:
      std::printf("incomplete: %zu bytes\n", parsed.bytes);
      break;
    case Parsed::What::kMalformed:
      std::printf("malformed: %s\n", parsed.complaint);
  }
}
