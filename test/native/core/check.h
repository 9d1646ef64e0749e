#pragma once

#include <cstdio>
#include <cstdlib>

/// Plain test programs of the native core: a `main` that checks, says nothing, and ends with 1 at the first failure.
#define CHECK(condition)                                                           \
  do {                                                                             \
    if (!(condition)) {                                                            \
      std::fprintf(stderr, "%s:%d: %s: not so\n", __FILE__, __LINE__, #condition); \
      std::exit(1);                                                                \
    }                                                                              \
  } while (false)
