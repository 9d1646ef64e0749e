#include "node/task.h"

#include "core/result.h"
#include "core/thread.h"

namespace zcl {

Napi::Promise Tasks::start(Napi::Env env, std::unique_ptr<Task> task) {
  const auto place = running_.insert(running_.end(), {std::move(task), Napi::Promise::Deferred::New(env)});
  Running* running = &*place;
  running->place = place;
  running->callback = Callback::New(env, "zero-copy-lab", 0, 1, this);
  // Hooks run last in, first out. Entered after the callback was made, this one runs while the callback still works.
  napi_add_env_cleanup_hook(env, stop, running);

  Result<std::thread> thread = start_thread([running] {
    running->task->work();
    running->callback.BlockingCall(running);
    running->callback.Release();
  });
  const Napi::Promise promise = running->deferred.Promise();
  if (thread.ok()) {
    running->thread = std::move(*thread);
  } else {
    napi_remove_env_cleanup_hook(env, stop, running);
    running->callback.Release();
    running->deferred.Resolve(running->task->refuse(env, thread.error()));
    running_.erase(place);
  }
  return promise;
}

void Tasks::call_back(Napi::Env env, Napi::Function, Tasks* tasks, Running* running) {
  if (static_cast<napi_env>(env) == nullptr) return;  // The environment is going down: stop() has seen to the thread.
  napi_remove_env_cleanup_hook(env, stop, running);
  running->thread.join();  // it has nothing left to do
  running->deferred.Resolve(running->task->answer(env));
  tasks->running_.erase(running->place);
}

void Tasks::stop(void* data) {
  auto* running = static_cast<Running*>(data);
  running->task->cancel();
  running->thread.join();
}

}  // namespace zcl
