#pragma once

namespace zcl {

/// What the far end of a socket does with what comes in.
enum class ReceiverKind {
  kRead,             ///< recv into a buffer: one copy
  kDiscard,          ///< recv with MSG_TRUNC: the kernel drops the bytes, nothing is copied (tcp(7))
  kSpliceNull,       ///< splice into a pipe and on to /dev/null: page references only
  kZerocopyReceive,  ///< TCP_ZEROCOPY_RECEIVE: whole pages are mapped, the rest is copied
  kSave,             ///< recv and write to a file
  kSaveSplice,       ///< splice into a pipe and on to a file
};

/// What a receiver leaves to compare with what was sent.
enum class Trace {
  kDigest,  ///< it sees the bytes, and hashes them on their way if asked to
  kFile,    ///< it saves them to a file that can be read back
  kCount,   ///< it never sees them: their number is all there is
};

constexpr Trace trace_of(ReceiverKind kind) {
  switch (kind) {
    case ReceiverKind::kRead:
    case ReceiverKind::kZerocopyReceive:
      return Trace::kDigest;
    case ReceiverKind::kSave:
    case ReceiverKind::kSaveSplice:
      return Trace::kFile;
    case ReceiverKind::kDiscard:
    case ReceiverKind::kSpliceNull:
      break;
  }
  return Trace::kCount;
}

/// What receives in place of `kind` where the bytes are to be compared: one that would leave nothing but their number
/// reads instead, because it is the way of sending that is verified.
constexpr ReceiverKind verifiable(ReceiverKind kind) {
  return trace_of(kind) == Trace::kCount ? ReceiverKind::kRead : kind;
}

}  // namespace zcl
