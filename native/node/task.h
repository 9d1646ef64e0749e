#pragma once

#include <napi.h>

#include <list>
#include <memory>
#include <thread>

namespace zcl {

/// Something that takes a while: done on a thread of its own (not in the libuv pool, which others wait for), answered
/// on the JavaScript thread.
class Task {
 public:
  virtual ~Task() = default;

  /// On a thread of its own. Must not touch JavaScript.
  virtual void work() = 0;

  /// Makes work() return soon. From any thread, also when it has returned already.
  virtual void cancel() = 0;

  /// On the JavaScript thread, after work(): what the promise becomes.
  virtual Napi::Value answer(Napi::Env env) = 0;

  /// Instead of work() and answer(), when there is no thread to be had.
  virtual Napi::Value refuse(Napi::Env env, const struct Error& error) = 0;
};

/// The tasks of one environment. When the environment goes down they are cancelled and waited for.
class Tasks {
 public:
  /// A promise for the task's answer; it is never rejected.
  Napi::Promise start(Napi::Env env, std::unique_ptr<Task> task);

 private:
  struct Running;
  static void call_back(Napi::Env env, Napi::Function, Tasks* tasks, Running* running);
  using Callback = Napi::TypedThreadSafeFunction<Tasks, Running, &Tasks::call_back>;

  struct Running {
    std::unique_ptr<Task> task;
    Napi::Promise::Deferred deferred;
    Callback callback{};
    std::thread thread{};
    std::list<Running>::iterator place{};
  };

  static void stop(void* running);

  std::list<Running> running_;
};

}  // namespace zcl
