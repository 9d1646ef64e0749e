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

}  // namespace zcl
