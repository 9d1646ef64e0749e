#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <thread>

#include "core/own_file.h"
#include "core/thread.h"
#include "exchange/peer.h"
#include "exchange/report.h"

namespace zcl {
namespace {

/// Beside the addon, wherever that was loaded from.
std::string consumer_program() {
  const std::string addon = own_file();
  return addon.substr(0, addon.rfind('/') + 1) + "zcl-consumer";
}

/// What the process finds open, and nothing else: all other descriptors are closed on exec.
class Inheritance {
 public:
  Inheritance() { posix_spawn_file_actions_init(&actions_); }
  ~Inheritance() { posix_spawn_file_actions_destroy(&actions_); }
  Inheritance(const Inheritance&) = delete;
  Inheritance& operator=(const Inheritance&) = delete;

  /// It says what it has to say through the control block.
  Status silence() {
    for (int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
      const int error = posix_spawn_file_actions_addopen(&actions_, standard, "/dev/null", O_RDWR, 0);
      if (error != 0) return system_error("posix_spawn", error);
    }
    return {};
  }

  Status pass(int fd, int as) {
    // By way of a high number: so none that still has to be passed is overwritten, and dup2 always has something to do.
    constexpr int kOutOfTheWay = 64;
    UniqueFd high(fcntl(fd, F_DUPFD_CLOEXEC, kOutOfTheWay));
    if (!high) return system_error("fcntl", errno);
    const int error = posix_spawn_file_actions_adddup2(&actions_, high.get(), as);
    if (error != 0) return system_error("posix_spawn", error);
    kept_.push_back(std::move(high));
    return {};
  }

  const posix_spawn_file_actions_t* actions() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
  Ends kept_;
};

Result<pid_t> spawn(const Control& control, const Ends& ends) {
  Inheritance inheritance;
  if (Status status = inheritance.silence(); !status.ok()) return std::move(status).error();
  if (Status status = inheritance.pass(control.file(), kControlDescriptor); !status.ok()) {
    return std::move(status).error();
  }
  for (size_t i = 0; i < ends.size(); ++i) {
    Status status = inheritance.pass(ends[i].get(), kFirstEndDescriptor + static_cast<int>(i));
    if (!status.ok()) return std::move(status).error();
  }
  // Our own mask goes along, in which all is blocked that could disturb: this runs on a thread of start_thread().
  std::string program = consumer_program();
  char* const arguments[] = {program.data(), nullptr};
  pid_t pid = 0;
  const int error = posix_spawn(&pid, program.c_str(), inheritance.actions(), nullptr, arguments, environ);
  if (error != 0) return system_error("posix_spawn", error, program);
  return pid;
}

// sigabbrev_np came with glibc 2.32, above our floor. These are the signals that end a process by themselves.
std::string name_of_signal(int signal) {
  static constexpr std::pair<int, const char*> kNames[] = {
      {SIGHUP, "SIGHUP"},   {SIGINT, "SIGINT"},   {SIGQUIT, "SIGQUIT"}, {SIGILL, "SIGILL"},   {SIGTRAP, "SIGTRAP"},
      {SIGABRT, "SIGABRT"}, {SIGBUS, "SIGBUS"},   {SIGFPE, "SIGFPE"},   {SIGKILL, "SIGKILL"}, {SIGUSR1, "SIGUSR1"},
      {SIGSEGV, "SIGSEGV"}, {SIGUSR2, "SIGUSR2"}, {SIGPIPE, "SIGPIPE"}, {SIGALRM, "SIGALRM"}, {SIGTERM, "SIGTERM"},
      {SIGXCPU, "SIGXCPU"}, {SIGXFSZ, "SIGXFSZ"}, {SIGSYS, "SIGSYS"},
  };
  for (const auto& [number, name] : kNames) {
    if (number == signal) return name;
  }
  return "signal " + std::to_string(signal);
}

Error consumer_died(const std::string& how) {
  return {"CONSUMER_DIED", "zcl-consumer", "The consumer process " + how + " before it had reported.", {}};
}

/// The process is waited for by a thread, which tells whoever waits for the consumer that it has left: a process that
/// is killed cannot do that itself. It is reaped only here, after the last signal was sent to it, so its number is its
/// own all the while; libuv asks for its own children by number and never meets it.
class ProcessPeer final : public Peer {
 public:
  ProcessPeer(const Control& control, const Interrupt& interrupt) : control_(control), interrupt_(interrupt) {}

  ~ProcessPeer() override { kill_and_reap(); }

  Status start(const Ends& ends) {
    Result<pid_t> pid = spawn(control_, ends);
    if (!pid.ok()) return std::move(pid).error();
    pid_ = *pid;
    Result<std::thread> watcher = start_thread([this] { watch(); });
    if (!watcher.ok()) return std::move(watcher).error();
    watcher_ = std::move(*watcher);
    return {};
  }

  Result<Consumed> settle() override {
    if (Status status = control_.block().consumed.await_leaving(interrupt_); !status.ok()) {
      return std::move(status).error();
    }
    const int status = kill_and_reap();
    if (WIFSIGNALED(status)) return consumer_died("was ended by " + name_of_signal(WTERMSIG(status)));
    std::optional<Result<Consumed>> report;
    if (WEXITSTATUS(status) == 0) report = read_report(control_);
    if (!report) return consumer_died("ended with status " + std::to_string(WEXITSTATUS(status)));
    return std::move(*report);
  }

 private:
  void watch() {
    siginfo_t ended{};
    while (waitid(P_PID, static_cast<id_t>(pid_), &ended, WEXITED | WNOWAIT) != 0 && errno == EINTR) {
    }
    control_.block().consumer_leaves();
  }

  /// The status of waitpid(2). A signal to a process that has ended already changes nothing.
  int kill_and_reap() {
    if (pid_ == 0) return 0;
    kill(pid_, SIGKILL);
    if (watcher_.joinable()) watcher_.join();
    int status = 0;
    while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = 0;
    return status;
  }

  const Control& control_;
  const Interrupt& interrupt_;
  pid_t pid_ = 0;  // 0: none, or reaped
  std::thread watcher_;
};

}  // namespace

Result<std::unique_ptr<Peer>> start_process_peer(const Control& control, Ends ends, const Interrupt& interrupt) {
  auto peer = std::make_unique<ProcessPeer>(control, interrupt);
  if (Status status = peer->start(ends); !status.ok()) return std::move(status).error();
  // The consumer has its own by now. With ours closed, each side sees when the other is gone.
  ends.clear();
  return std::unique_ptr<Peer>(std::move(peer));
}

}  // namespace zcl
