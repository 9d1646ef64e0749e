#include "receiver/wire/codec.h"

#include <algorithm>
#include <cstring>
#include <type_traits>
#include <utility>

namespace zcl::wire {
namespace {

constexpr char kMagic[] = {'z', 'c', 'l', '-', 'r', 'e', 'c', 'v'};
constexpr uint64_t kMostBytes = 9'007'199'254'740'991;  // 2^53 - 1: what a number of the result document holds
constexpr uint64_t kMostBufferBytes = uint64_t{1} << 30;
constexpr auto kLastKind = static_cast<uint8_t>(ReceiverKind::kSaveSplice);

bool is_printable(char character) {
  return character >= ' ' && character <= '~';
}

/// Writes fields into a frame.
class Writer {
 public:
  template <class Number>
  void number(const Number& number) {
    for (size_t i = sizeof number; i-- > 0;) bytes_.push_back(static_cast<char>(number >> (8 * i) & 0xff));
  }

  template <class Number>
  void limited(const Number& value, Number, Number) {
    number(value);
  }

  void time(const int64_t& ns) { number(static_cast<uint64_t>(std::max<int64_t>(ns, 0))); }

  void magic() { bytes_.append(kMagic, sizeof kMagic); }

  /// Whether the fields that follow are of this version.
  bool version(const uint16_t& version) {
    number(version);
    return version == kVersion;
  }

  void token(const Token& token) { bytes_.append(reinterpret_cast<const char*>(token.data()), token.size()); }

  void text(const Text& text) {
    const size_t length = std::min(text.size(), kMostText);
    number(static_cast<uint8_t>(length));
    for (size_t i = 0; i < length; ++i) bytes_.push_back(is_printable(text[i]) ? text[i] : '?');
  }

  template <class Item, class Fields>
  void list(const std::vector<Item>& items, size_t most, Fields fields) {
    const size_t count = std::min(items.size(), most);
    number(static_cast<uint16_t>(count));
    for (size_t i = 0; i < count; ++i) fields(items[i]);
  }

  template <class Item, class Fields>
  void optional(const std::optional<Item>& item, Fields fields) {
    number(static_cast<uint8_t>(item ? 1 : 0));
    if (item) fields(*item);
  }

  std::string take() && { return std::move(bytes_); }

 private:
  std::string bytes_;
};

/// Reads fields out of a payload. Once something is wrong with one, all that follow stay as they are.
class Reader {
 public:
  Reader(const std::byte* data, size_t size) : at_(data), rest_(size) {}

  template <class Number>
  void number(Number& number) {
    if (!has(sizeof number)) return;
    using Bits = std::make_unsigned_t<Number>;
    Bits bits = 0;
    for (size_t i = 0; i < sizeof number; ++i) bits = static_cast<Bits>(bits << 7 << 1 | std::to_integer<Bits>(at_[i]));
    number = static_cast<Number>(bits);
    skip(sizeof number);
  }

  template <class Number>
  void limited(Number& value, Number least, Number most) {
    Number read = least;
    number(read);
    if (read < least || read > most) return fail("a number out of its bounds");
    value = read;
  }

  void time(int64_t& ns) {
    uint64_t bits = 0;
    limited<uint64_t>(bits, 0, INT64_MAX);
    ns = static_cast<int64_t>(bits);
  }

  void magic() {
    if (!has(sizeof kMagic)) return;
    if (std::memcmp(at_, kMagic, sizeof kMagic) != 0) return fail("not this protocol");
    skip(sizeof kMagic);
  }

  bool version(uint16_t& version) {
    number(version);
    if (complaint_ != nullptr || version == kVersion) return true;
    rest_ = 0;  // whatever another version has there
    return false;
  }

  void token(Token& token) {
    if (!has(token.size())) return;
    std::memcpy(token.data(), at_, token.size());
    skip(token.size());
  }

  void text(Text& text) {
    uint8_t length = 0;
    limited<uint8_t>(length, 0, kMostText);
    if (!has(length)) return;
    const auto* characters = reinterpret_cast<const char*>(at_);
    if (!std::all_of(characters, characters + length, is_printable)) return fail("a text with other characters");
    text.assign(characters, length);
    skip(length);
  }

  template <class Item, class Fields>
  void list(std::vector<Item>& items, size_t most, Fields fields) {
    uint16_t count = 0;
    limited<uint16_t>(count, 0, static_cast<uint16_t>(most));
    for (size_t i = 0; i < count && complaint_ == nullptr; ++i) fields(items.emplace_back());
  }

  template <class Item, class Fields>
  void optional(std::optional<Item>& item, Fields fields) {
    uint8_t there = 0;
    limited<uint8_t>(there, 0, 1);
    if (there == 1) fields(item.emplace());
  }

  /// What is wrong, or null. Nothing may be left over.
  const char* complaint() const {
    return complaint_ != nullptr || rest_ == 0 ? complaint_ : "a frame with more in it than its message";
  }

 private:
  bool has(size_t bytes) {
    if (complaint_ == nullptr && rest_ < bytes) fail("a frame that ends within its message");
    return complaint_ == nullptr;
  }

  void skip(size_t bytes) {
    at_ += bytes;
    rest_ -= bytes;
  }

  void fail(const char* complaint) {
    if (complaint_ == nullptr) complaint_ = complaint;
  }

  const std::byte* at_;
  size_t rest_;
  const char* complaint_ = nullptr;
};

// The fields of every message, once for both directions: `Io` is a Writer with a constant message, or a Reader.

template <class Io, class M>
void fields(Io& io, M& message) {
  using Kind = std::remove_const_t<M>;
  if constexpr (std::is_same_v<Kind, Hello>) {
    io.magic();
    if (io.version(message.version)) io.token(message.token);
  } else if constexpr (std::is_same_v<Kind, Join>) {
    io.magic();
    if (io.version(message.version)) io.token(message.ticket);
  } else if constexpr (std::is_same_v<Kind, Order>) {
    auto kind = static_cast<uint8_t>(message.kind);
    io.template limited<uint8_t>(kind, 0, kLastKind);
    if constexpr (!std::is_const_v<M>) message.kind = static_cast<ReceiverKind>(kind);
    io.template limited<uint64_t>(message.expected_bytes, 0, kMostBytes);
    io.template limited<uint64_t>(message.buffer_bytes, 1, kMostBufferBytes);
    io.optional(message.cpu, [&](auto& cpu) { io.number(cpu); });
    io.optional(message.shape, [&](auto& shape) {
      io.template limited<uint64_t>(shape.block_bytes, 4096, kMostBytes);
      io.template limited<uint64_t>(shape.unit_bytes, 1, kMostBufferBytes);
    });
  } else if constexpr (std::is_same_v<Kind, Facts>) {
    io.list(message.facts, kMostFacts, [&](auto& fact) {
      io.text(fact.name);
      io.text(fact.value);
    });
  } else if constexpr (std::is_same_v<Kind, Ready>) {
    io.token(message.ticket);
  } else if constexpr (std::is_same_v<Kind, Taken>) {
    io.template limited<uint64_t>(message.bytes, 0, kMostBytes);
  } else if constexpr (std::is_same_v<Kind, Hashes>) {
    io.list(message.blocks, kMostHashes, [&](auto& hash) { io.number(hash); });
  } else if constexpr (std::is_same_v<Kind, Hashed>) {
    io.template limited<uint64_t>(message.bytes, 0, kMostBytes);
    io.number(message.whole);
    io.number(message.unit_sum);
  } else if constexpr (std::is_same_v<Kind, Report>) {
    const auto named = [&](auto& value) {
      io.text(value.name);
      io.template limited<uint64_t>(value.value, 0, kMostBytes);
    };
    io.template limited<uint64_t>(message.bytes, 0, kMostBytes);
    for (auto* time : {&message.usage.cpu_ns, &message.usage.user_ns, &message.usage.system_ns,
                       &message.usage.voluntary_switches, &message.usage.involuntary_switches,
                       &message.usage.minor_faults, &message.usage.major_faults}) {
      io.time(*time);
    }
    io.list(message.calls, kMostValues, named);
    io.list(message.values, kMostValues, named);
  } else if constexpr (std::is_same_v<Kind, Failure>) {
    io.text(message.code);
    io.text(message.call);
    io.text(message.message);
  } else {
    static_assert(std::is_empty_v<Kind>, "a message whose fields nobody writes");
  }
}

/// A message of the type with this index, its fields read.
template <size_t Index = 0>
Parsed read_message(size_t index, const std::byte* payload, size_t size) {
  if constexpr (Index == std::variant_size_v<Message>) {
    return {Parsed::What::kMalformed, 0, {}, "a frame of no known type"};
  } else {
    if (index != Index) return read_message<Index + 1>(index, payload, size);
    Reader reader(payload, size);
    std::variant_alternative_t<Index, Message> message{};
    fields(reader, message);
    if (reader.complaint() != nullptr) return {Parsed::What::kMalformed, 0, {}, reader.complaint()};
    return {Parsed::What::kMessage, kHeaderBytes + size, std::move(message), ""};
  }
}

}  // namespace

std::string encode(const Message& message) {
  Writer payload;
  std::visit([&](const auto& each) { fields(payload, each); }, message);
  const std::string bytes = std::move(payload).take();
  Writer header;
  header.number(static_cast<uint32_t>(bytes.size()));
  header.number(static_cast<uint32_t>(message.index() + 1));
  return std::move(header).take() + bytes;
}

Parsed parse(const std::byte* data, size_t size) {
  if (size < kHeaderBytes) return {Parsed::What::kIncomplete, kHeaderBytes, {}, ""};
  uint32_t payload = 0;
  uint32_t type = 0;
  Reader header(data, kHeaderBytes);
  header.number(payload);
  header.number(type);
  // Before anything is waited for or kept.
  if (payload > kMostPayloadBytes) return {Parsed::What::kMalformed, 0, {}, "a frame that is too long"};
  if (type == 0 || type > std::variant_size_v<Message>) {
    return {Parsed::What::kMalformed, 0, {}, "a frame of no known type"};
  }
  if (size < kHeaderBytes + payload) return {Parsed::What::kIncomplete, kHeaderBytes + payload, {}, ""};
  return read_message(type - 1, data + kHeaderBytes, payload);
}

}  // namespace zcl::wire
