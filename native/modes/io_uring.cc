// io-uring: reads and writes of many chunks at a time. The copies are those of read-write; it is the system calls that
// become few.

#include "uring/buffered_copy.h"

namespace zcl {
namespace {

using IoUring = BufferedCopy<FileCopy::Buffers::kPlain>;

const RegisterMode<IoUring> kEntry("io-uring");

}  // namespace
}  // namespace zcl
