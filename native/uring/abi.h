#pragma once

#include <linux/io_uring.h>

#include <cstdint>

/// What the kernel's header calls by names that older headers do not have. The layout of the structs, of which 5.10
/// (Debian 11) is the oldest we build on, has stayed the same for all that is used here; newer fields of the unions
/// are reached by an older name of the same place. Numbers: include/uapi/linux/io_uring.h of Linux 6.12.
namespace zcl::uring {

// System calls: the same numbers on every architecture (arch/*/tools/syscall.tbl; Alpha aside).
constexpr long kSetup = 425;
constexpr long kEnter = 426;
constexpr long kRegister = 427;

// io_uring_params.flags
constexpr uint32_t kSetupSingleIssuer = 1U << 12;  // 6.0
constexpr uint32_t kSetupDeferTaskrun = 1U << 13;  // 6.1

// io_uring_sqe.opcode
constexpr uint8_t kReadFixed = 4;
constexpr uint8_t kWriteFixed = 5;
constexpr uint8_t kAsyncCancel = 14;
constexpr uint8_t kRead = 22;
constexpr uint8_t kWrite = 23;
constexpr uint8_t kSplice = 30;
constexpr uint8_t kSendZc = 47;  // 6.0

// io_uring_sqe.ioprio of a send
constexpr uint16_t kSendZcReportUsage = 1U << 3;  // 6.1

// io_uring_cqe.flags
constexpr uint32_t kMore = 1U << 1;          // a notification of the same request follows
constexpr uint32_t kNotification = 1U << 3;  // 6.0: this is the one

// io_uring_cqe.res of a notification
constexpr uint32_t kZcCopied = 1U << 31;

}  // namespace zcl::uring
