// Copying a std::vector calls this function, which libstdc++ exports since GLIBCXX_3.4.29, above our floor of 3.4.25.
// A hidden definition of our own takes its place. It is reached by sizes no address space holds, so it need not return.

// No header of the library may declare it first: that would make it visible to others.
namespace std {

[[noreturn, gnu::visibility("hidden")]] void __throw_bad_array_new_length() {
  __builtin_trap();
}

}  // namespace std
