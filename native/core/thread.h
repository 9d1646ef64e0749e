#pragma once

#include <sys/types.h>

#include <functional>
#include <thread>

#include "core/result.h"

namespace zcl {

/// Starts a thread that takes no signals but faults of its own and those an `Interruptible` lets in: signals of the
/// process go to other threads and do not disturb a measurement. Fails with EAGAIN where no thread is to be had.
Result<std::thread> start_thread(std::function<void()> work);

/// The calling thread's name, at most 15 bytes; by these the sampler knows threads (see SampledTasks), as `top -H`
/// does.
void name_this_thread(const char* name);

/// The calling thread's number, as gettid(2) gives it; its wrapper is younger than our floor.
pid_t this_thread();

}  // namespace zcl
