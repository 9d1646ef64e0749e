#include "receiver/token.h"

#include <cstring>

#include "core/random.h"

namespace zcl {
namespace {

constexpr char kDigits[] = "0123456789abcdef";

std::optional<unsigned> value_of(char digit) {
  const char* found = digit == '\0' ? nullptr : std::strchr(kDigits, digit);
  if (found == nullptr) return {};
  return static_cast<unsigned>(found - kDigits);
}

}  // namespace

Result<Token> random_token() {
  Token token;
  if (Status status = fill_random(token.data(), token.size()); !status.ok()) return std::move(status).error();
  return token;
}

std::string text_of(const Token& token) {
  std::string text;
  for (const std::byte byte : token) {
    text += kDigits[std::to_integer<unsigned>(byte) >> 4];
    text += kDigits[std::to_integer<unsigned>(byte) & 0xf];
  }
  return text;
}

std::optional<Token> token_of(const std::string& text) {
  Token token;
  if (text.size() != 2 * token.size()) return {};
  for (size_t i = 0; i < token.size(); ++i) {
    const std::optional<unsigned> high = value_of(text[2 * i]);
    const std::optional<unsigned> low = value_of(text[2 * i + 1]);
    if (!high || !low) return {};
    token[i] = static_cast<std::byte>(*high << 4 | *low);
  }
  return token;
}

bool same_token(const Token& one, const Token& other) {
  unsigned difference = 0;
  for (size_t i = 0; i < one.size(); ++i) difference |= std::to_integer<unsigned>(one[i] ^ other[i]);
  return difference == 0;
}

}  // namespace zcl
