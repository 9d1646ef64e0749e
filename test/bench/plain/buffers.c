/*
 * The malloc() of the listings and of the programs around them (the linker's --wrap sees to it): every buffer is a new
 * mapping with all its pages there, as the addon has them. Else a buffer would begin within a page, which a pipe and
 * MSG_ZEROCOPY notice, page faults would lie in the window, and it would be luck of a whole run which pages lie side by
 * side.
 */
#define _GNU_SOURCE
#include <stddef.h>
#include <sys/mman.h>

#define PAGE ((size_t)4096) /* before the buffer, for its size */

void *__wrap_malloc(size_t size);
void *__wrap_aligned_alloc(size_t alignment, size_t size);
void __wrap_free(void *buffer);

void *__wrap_malloc(size_t size) {
  const int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE;
  size_t *mapped = mmap(NULL, PAGE + size, PROT_READ | PROT_WRITE, flags, -1, 0);
  if (mapped == MAP_FAILED) return NULL;
  *mapped = PAGE + size;
  return (char *)mapped + PAGE;
}

void *__wrap_aligned_alloc(size_t alignment, size_t size) {
  return alignment <= PAGE ? __wrap_malloc(size) : NULL;
}

void __wrap_free(void *buffer) {
  if (buffer == NULL) return;
  size_t *mapped = (size_t *)(void *)((char *)buffer - PAGE);
  munmap(mapped, *mapped);
}
