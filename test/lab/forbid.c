/* forbid errno|kill CALL COMMAND...: runs COMMAND where a seccomp filter answers CALL with EPERM, or kills for it. */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* One number, or a range: the three of io_uring follow one another. */
static const struct {
  const char* name;
  unsigned first, last;
} calls[] = {
    {"sendfile", SYS_sendfile, SYS_sendfile},
    {"io_uring", SYS_io_uring_setup, SYS_io_uring_register},
};

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  const unsigned action = strcmp(argv[1], "kill") == 0 ? SECCOMP_RET_KILL_PROCESS : SECCOMP_RET_ERRNO | EPERM;
  for (size_t i = 0; i < sizeof calls / sizeof *calls; ++i) {
    if (strcmp(argv[2], calls[i].name) != 0) continue;
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, calls[i].first, 0, 2),
        BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, calls[i].last, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, action),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0) {
      execvp(argv[3], argv + 3);
    }
    perror("forbid");
    return 1;
  }
  return 2;
}
