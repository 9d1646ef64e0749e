// process-vm-readv: the consumer fetches every chunk out of the producer's memory itself. One copy, made by the
// kernel, from one address space into the other.

#include <sys/prctl.h>
#include <sys/uio.h>

#include <algorithm>
#include <cerrno>

#include "exchange/exchange.h"

namespace zcl {
namespace {

class ProcessVmReadvProducer final : public Producer {
 public:
  ProcessVmReadvProducer() : Producer(Ring::Kind::kMemory, Reuse::kWhenConsumed) {}
  ~ProcessVmReadvProducer() override { prctl(PR_SET_PTRACER, 0); }

  // With yama's ptrace_scope at 1, a process may only look into those below it, and the consumer is below us: so it
  // needs leave. EINVAL says that there is no yama, and no leave is needed.
  void admit(pid_t consumer) override { prctl(PR_SET_PTRACER, consumer); }

 private:
  Result<Ends> open(const ExchangeJob& job) override {
    job.control.orders.ring_address = reinterpret_cast<uintptr_t>(ring_.data());
    return Ends();
  }

  Status hand_over(const ExchangeJob& job, const Chunk& chunk) override {
    announce(job, chunk);
    return {};
  }
};

class ProcessVmReadvConsumer final : public Consumer {
 public:
  Status prepare(const Orders& orders, Ends) override {
    Result<Mapping> buffer = Mapping::buffer(orders.buffer_bytes);
    if (!buffer.ok()) return std::move(buffer).error();
    buffer_ = std::move(*buffer);
    producer_ = orders.producer;
    ring_address_ = orders.ring_address;
    ring_bytes_ = orders.buffer_bytes * orders.buffers;
    return {};
  }

  Status consume(Intake& intake) override {
    for (uint64_t at = 0; at < intake.expected();) {
      const size_t bytes = std::min<uint64_t>(intake.expected() - at, buffer_.size());
      if (Status status = intake.await_produced(at + bytes); !status.ok()) return status;
      if (Status status = fetch(ring_address_ + at % ring_bytes_, bytes); !status.ok()) return status;
      intake.take(buffer_.data(), bytes);
      at += bytes;
    }
    return {};
  }

 private:
  Status fetch(uint64_t address, size_t bytes) {
    for (size_t done = 0; done < bytes;) {
      const iovec here{buffer_.data() + done, bytes - done};
      // An address of another process, which it told as a number.
      const iovec there{reinterpret_cast<void*>(address + done), bytes - done};  // NOLINT(performance-no-int-to-ptr)
      const ssize_t got = fetch_([&] { return process_vm_readv(producer_, &here, 1, &there, 1, 0); });
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) return system_error("process_vm_readv", got < 0 ? errno : EIO);
      done += static_cast<size_t>(got);
    }
    return {};
  }

  Mapping buffer_;
  pid_t producer_ = 0;
  uint64_t ring_address_ = 0;
  uint64_t ring_bytes_ = 0;
  SystemCall& fetch_ = calls_["process_vm_readv"];
};

const RegisterExchange<ProcessVmReadvProducer, ProcessVmReadvConsumer> kEntry("process-vm-readv");

}  // namespace
}  // namespace zcl
