// zcl-launcher PROGRAM ARGUMENT...: becomes PROGRAM, where that may make network namespaces. Who may so already is left
// as he is. Everybody else gets a user namespace of his own, in which he stays who he is and has, over namespaces that
// are made within it, the two capabilities a laboratory needs (user_namespaces(7)). It takes a program for that,
// because only a process with a single thread may enter a user namespace. Where it cannot be, the program runs all the
// same, and an environment variable says why.

#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "core/result.h"
#include "core/unique_fd.h"

namespace zcl {
namespace {

/// For src/lab/bench/laboratories.ts: the errno by name that kept us from a user namespace.
constexpr char kReasonVariable[] = "ZERO_COPY_LAB_NO_USER_NAMESPACE";
constexpr int kCannotStart = 127;

// Both are below 32, so the first of the two words of each set has them (capset(2)).
constexpr uint32_t kNeeded = (1U << CAP_SYS_ADMIN) | (1U << CAP_NET_ADMIN);

struct Capabilities {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct words[_LINUX_CAPABILITY_U32S_3]{};

  bool read() { return syscall(SYS_capget, &header, words) == 0; }
  bool write() { return syscall(SYS_capset, &header, words) == 0; }
};

bool may_already() {
  Capabilities own;
  return own.read() && (own.words[0].effective & kNeeded) == kNeeded;
}

bool write_file(const char* path, const std::string& text) {
  const UniqueFd file(open(path, O_WRONLY | O_CLOEXEC));
  return file && write(file.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
}

/// One id stands for itself, and there is no other.
std::string itself(unsigned id) {
  const std::string number = std::to_string(id);
  return number + " " + number + " 1";
}

/// What a program that is not root's keeps over exec are its ambient capabilities alone (capabilities(7)).
bool keep_capabilities() {
  Capabilities own;
  if (!own.read()) return false;
  own.words[0].inheritable |= kNeeded;
  if (!own.write()) return false;
  for (const int each : {CAP_SYS_ADMIN, CAP_NET_ADMIN}) {
    if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, each, 0, 0) != 0) return false;
  }
  return true;
}

/// The ids must be asked for before: in the new namespace we are nobody until they are mapped.
bool enter_user_namespace() {
  const std::string user = itself(getuid());
  const std::string group = itself(getgid());
  return unshare(CLONE_NEWUSER) == 0 && write_file("/proc/self/setgroups", "deny") &&
         write_file("/proc/self/gid_map", group) && write_file("/proc/self/uid_map", user) && keep_capabilities();
}

/// 0, or the errno. A child tries first, and all that a laboratory needs: what fails half way cannot be undone, and
/// some kernels grant the namespace and then nothing in it.
int try_in_child() {
  const pid_t child = fork();
  if (child < 0) return errno;
  if (child == 0) _exit(enter_user_namespace() && unshare(CLONE_NEWNET) == 0 ? 0 : errno);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : EPERM;
}

int launch(char** program) {
  if (!may_already()) {
    int error = try_in_child();
    if (error == 0 && !enter_user_namespace()) error = errno;
    if (error != 0) {
      const Error reason = system_error("unshare", error);
      setenv(kReasonVariable, reason.code.c_str(), 1);  // NOLINT(concurrency-mt-unsafe): there is one thread
    }
  }
  execvp(program[0], program);
  dprintf(STDERR_FILENO, "zcl-launcher: error: %s cannot be started: %s\n", program[0],
          system_error("execve", errno).message.c_str());
  return kCannotStart;
}

}  // namespace
}  // namespace zcl

int main(int argc, char** argv) {
  if (argc > 1) return zcl::launch(argv + 1);
  dprintf(STDERR_FILENO, "zcl-launcher has nothing to do by itself: Zero-Copy Lab starts it when it needs it.\n");
  return 2;
}
