/* Put before everything else (LD_PRELOAD): the process is killed where it is to replace a result by its finished one. */
#include <dlfcn.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

int rename(const char *from, const char *to) {
  static const char result[] = ".zcresult.json";
  const size_t length = strlen(to), ending = sizeof result - 1;
  if (length > ending && strcmp(to + length - ending, result) == 0 && access(to, F_OK) == 0) kill(getpid(), SIGKILL);
  int (*const real)(const char *, const char *) = (int (*)(const char *, const char *))dlsym(RTLD_NEXT, "rename");
  return real(from, to);
}
