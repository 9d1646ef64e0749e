// Copying a std::vector calls this function, which libstdc++ exports since GLIBCXX_3.4.29, above our floor of 3.4.25.
// A hidden definition of our own takes its place. It is reached by sizes no address space holds, so it need not return.

// NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp,cert-dcl58-cpp): they are the library's names.
// No header of the library may declare it first: that would make it visible to others.
namespace std {

[[noreturn, gnu::visibility("hidden")]] void __throw_bad_array_new_length() {
  __builtin_trap();
}

}  // namespace std

// A std::shared_ptr counts without atomic operations while a process has one thread only, and asks glibc, since 2.32,
// above our floor of 2.28. A hidden definition of our own says that there are more; there are.
extern "C" [[gnu::visibility("hidden")]] char __libc_single_threaded;
char __libc_single_threaded = 0;
// NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp,cert-dcl58-cpp)
