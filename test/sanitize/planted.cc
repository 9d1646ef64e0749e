// `planted MISTAKE` makes one, so that it is seen that a tool would say so: a tool that finds nothing anywhere may not be
// looking.

#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>

namespace {

/// Keeps the compiler from knowing what comes of it.
template <class T>
T hidden(T value) {
  volatile T place = value;
  return place;
}

int read_behind_the_end() {
  auto* three = static_cast<char*>(std::malloc(3));
  std::memset(three, 0, 3);
  const int fourth = three[hidden(3)];
  std::free(three);
  return fourth == 1 ? 1 : 0;
}

int use_after_free() {
  auto* number = new int(7);
  delete hidden(number);
  return *hidden(number) == 1 ? 1 : 0;
}

int leak() {
  auto* lost = hidden(std::malloc(100));
  std::printf("%d\n", lost == nullptr ? 1 : 0);
  lost = nullptr;
  return 0;
}

int overflow() {
  return hidden(INT_MAX) + hidden(1) == 0 ? 1 : 0;
}

int race() {
  int shared = 0;
  std::thread other([&] { shared = hidden(1); });
  shared = hidden(2);
  other.join();
  return shared == 3 ? 1 : 0;
}

}  // namespace

int main(int count, char** words) {
  const auto is = [&](const char* mistake) { return count == 2 && std::strcmp(words[1], mistake) == 0; };
  if (is("read-behind-the-end")) return read_behind_the_end();
  if (is("use-after-free")) return use_after_free();
  if (is("leak")) return leak();
  if (is("overflow")) return overflow();
  if (is("race")) return race();
  return 2;
}
