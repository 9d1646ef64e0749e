// A program's start file (crt1.o) calls __libc_start_main, which has a version of its own since glibc 2.34, above our
// floor of 2.28. The linker leads that call here (--wrap), and from here it goes on to the version every glibc has.

#if defined(__x86_64__)
#define OLDEST_VERSION "GLIBC_2.2.5"
#elif defined(__aarch64__)
#define OLDEST_VERSION "GLIBC_2.17"
#else
#error "Which version of glibc was the first on this architecture?"
#endif

// NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp): they are the linker's names.
extern "C" {

using Main = int(int, char**, char**);
using Init = void(int, char**, char**);

int oldest_start_main(Main*, int, char**, Init*, void (*fini)(), void (*loader_fini)(), void* stack_end);
__asm__(".symver oldest_start_main, __libc_start_main@" OLDEST_VERSION);

// Made by the linker.
[[gnu::visibility("hidden")]] extern Init* __init_array_start[];
[[gnu::visibility("hidden")]] extern Init* __init_array_end[];

// A start file of 2.34 or later brings no function that runs the constructors; the old version expects one.
static void run_constructors(int argc, char** argv, char** environment) {
  for (Init** each = __init_array_start; each != __init_array_end; ++each) (*each)(argc, argv, environment);
}

int __wrap___libc_start_main(Main* main, int argc, char** argv, Init* init, void (*fini)(), void (*loader_fini)(),
                             void* stack_end) {
  return oldest_start_main(main, argc, argv, init != nullptr ? init : run_constructors, fini, loader_fini, stack_end);
}

}  // extern "C"
// NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
