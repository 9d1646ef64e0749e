#pragma once

namespace zcl {

/// Blocks, for the calling thread, every signal that is not raised by its own instructions.
void block_asynchronous_signals();

/// Lets `signal` through to the calling thread.
void unblock_signal(int signal);

}  // namespace zcl
