#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>

#include "core/result.h"

namespace zcl {

/// What tells those who may from those who may not.
using Token = std::array<std::byte, 16>;

Result<Token> random_token();

/// As 32 hexadecimal digits.
std::string text_of(const Token& token);
std::optional<Token> token_of(const std::string& text);

/// Whether two tokens are the same, in a time that does not depend on where they differ.
bool same_token(const Token& one, const Token& other);

}  // namespace zcl
