// io-uring-fixed: io-uring with buffers the kernel has pinned once and for all. That saves looking them up for every
// request, not the copies: those are made all the same.

#include "uring/buffered_copy.h"

namespace zcl {
namespace {

using IoUringFixed = BufferedCopy<FileCopy::Buffers::kRegistered>;

const RegisterMode<IoUringFixed> kEntry("io-uring-fixed");

}  // namespace
}  // namespace zcl
