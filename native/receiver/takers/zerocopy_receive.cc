// zerocopy-receive: TCP maps the pages of the payload into our memory instead of copying them. Only whole pages can be
// mapped that are the network stack's own: a fragment of exactly one page, from its start, neither part of a larger
// allocation nor in the page cache (net/ipv4/tcp.c, can_map_frag). The rest is copied.

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>

#include "core/mapping.h"
#include "receiver/takers/takers.h"

namespace zcl {
namespace {

// Of linux/tcp.h, which cannot be had together with netinet/tcp.h, and of which older ones lack the second half.
constexpr int kTcpZerocopyReceive = 35;

/// struct tcp_zerocopy_receive as of Linux 5.11. An older kernel fills in less, and says how much; one before 5.7 takes
/// no size but its own, and answers EINVAL.
struct Request {
  uint64_t address;
  uint32_t length;
  uint32_t recv_skip_hint;
  uint32_t inq;
  int32_t err;  ///< of the socket: 0, or an errno value below 0
  uint64_t copybuf_address;
  int32_t copybuf_len;  ///< or an errno value below 0
  uint32_t flags;
};

constexpr socklen_t kSizeWithCopybuf = sizeof(Request);

class ZerocopyReceive final : public SeeingTaker {
 public:
  using SeeingTaker::SeeingTaker;

  // A window of whole pages; a buffer that is none is rounded up. Nothing is there until TCP maps it.
  Status prepare(int socket) override {
    Result<Mapping> window = Mapping::of_file(socket, (options_.buffer_bytes + page_ - 1) / page_ * page_);
    if (!window.ok()) return std::move(window).error();
    window_ = std::move(*window);
    Result<Mapping> buffer = Mapping::buffer(options_.useful_buffer_bytes());
    if (!buffer.ok()) return std::move(buffer).error();
    buffer_ = std::move(*buffer);
    return {};
  }

  Result<uint64_t> take(int socket) override {
    while (to_copy_ == 0) {
      Result<uint64_t> got = take_pages(socket);
      if (!got.ok() || *got > 0 || ended_) return got;
      if (to_copy_ > 0) break;
      pollfd something{socket, POLLIN, 0};
      if (Result<uint64_t> polled = poll_([&] { return poll(&something, 1, -1); }); !polled.ok()) return polled;
    }
    return copy(socket);
  }

  std::vector<Observation> observations() const override {
    return {{"receiverMappedBytes", mapped_}, {"receiverCopiedBytes", copied_}};
  }

 private:
  /// Has the pages at the head of the queue mapped over those of last time, which are let go by that. A piece behind
  /// them that is smaller than a page comes with them, copied. What must be copied next is in `to_copy_` then.
  Result<uint64_t> take_pages(int socket) {
    Request request{};
    request.address = reinterpret_cast<uintptr_t>(window_.data());
    request.length = static_cast<uint32_t>(window_.size());
    request.copybuf_address = reinterpret_cast<uintptr_t>(buffer_.data());
    // Not a page or more: the kernel would copy whole pages rather than map them, as long as they fit.
    request.copybuf_len = static_cast<int32_t>(std::min(buffer_.size(), page_ - 1));
    socklen_t size = sizeof request;
    const Result<uint64_t> answered = getsockopt_([&] {
      const int result = getsockopt(socket, IPPROTO_TCP, kTcpZerocopyReceive, &request, &size);
      ended_ = result != 0 && errno == EIO;  // how it says that nothing is left and nothing will come
      return ended_ ? 0 : result;
    });
    if (!answered.ok()) return answered.error();
    if (ended_) return uint64_t{0};
    if (request.err != 0) return system_error("getsockopt", -request.err);
    if (size < kSizeWithCopybuf) request.copybuf_len = 0;
    if (request.copybuf_len < 0) return system_error("getsockopt", -request.copybuf_len);

    const auto copied = static_cast<uint64_t>(request.copybuf_len);
    see(window_.data(), request.length);
    see(buffer_.data(), copied);
    mapped_ += request.length;
    copied_ += copied;
    to_copy_ = request.recv_skip_hint;
    return request.length + copied;
  }

  Result<uint64_t> copy(int socket) {
    Result<uint64_t> got =
        recv_([&] { return recv(socket, buffer_.data(), std::min<uint64_t>(to_copy_, buffer_.size()), 0); });
    if (!got.ok()) return got;
    see(buffer_.data(), *got);
    copied_ += *got;
    to_copy_ -= *got;
    return got;
  }

  const size_t page_ = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  Mapping window_;
  Mapping buffer_;
  uint64_t to_copy_ = 0;
  bool ended_ = false;
  uint64_t mapped_ = 0;
  uint64_t copied_ = 0;
  Call getsockopt_ = call("getsockopt");
  Call recv_ = call("recv");
  Call poll_ = call("poll");
};

}  // namespace

std::unique_ptr<Taker> make_zerocopy_receive(const ReceiveOptions& options, const Interrupt& interrupt) {
  return std::make_unique<ZerocopyReceive>(options, interrupt);
}

}  // namespace zcl
