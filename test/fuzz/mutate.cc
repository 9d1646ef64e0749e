// Drives a libFuzzer target where there is no libFuzzer: `mutate CORPUS RUNS` gives it every file of a folder, and then
// files that are made from them by changes that depend on nothing but their number.

#include <dirent.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

using Bytes = std::vector<uint8_t>;

constexpr size_t kMostBytes = 20'000;

std::vector<Bytes> read_corpus(const std::string& folder) {
  std::vector<std::string> names;
  if (DIR* directory = opendir(folder.c_str())) {
    while (const dirent* entry = readdir(directory)) {
      if (entry->d_name[0] != '.') names.push_back(entry->d_name);
    }
    closedir(directory);
  }
  std::sort(names.begin(), names.end());  // so that every host makes the same changes
  std::vector<Bytes> corpus;
  for (const std::string& name : names) {
    std::ifstream file(folder + "/" + name, std::ios::binary);
    corpus.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return corpus;
}

class Mutator {
 public:
  Mutator(const std::vector<Bytes>& corpus, uint32_t seed) : corpus_(corpus), random_(seed) {}

  Bytes make() {
    Bytes bytes = any();
    for (uint32_t changes = 1 + below(4); changes > 0; --changes) change(bytes);
    bytes.resize(std::min(bytes.size(), kMostBytes));
    return bytes;
  }

 private:
  // std::mt19937 gives the same everywhere; the distributions of the library need not.
  uint32_t below(size_t limit) { return limit == 0 ? 0 : static_cast<uint32_t>(random_() % limit); }
  const Bytes& any() { return corpus_[below(corpus_.size())]; }
  Bytes::iterator place(Bytes& bytes) { return bytes.begin() + below(bytes.size() + 1); }

  void change(Bytes& bytes) {
    static constexpr uint8_t kInteresting[] = {0, 1, 2, 13, 14, 0x7f, 0x80, 0xff};
    switch (below(6)) {
      case 0:
        if (!bytes.empty()) bytes[below(bytes.size())] ^= static_cast<uint8_t>(1U << below(8));
        break;
      case 1:
        if (!bytes.empty()) bytes[below(bytes.size())] = kInteresting[below(std::size(kInteresting))];
        break;
      case 2:
        bytes.insert(place(bytes), 1 + below(8), static_cast<uint8_t>(below(256)));
        break;
      case 3: {
        const auto from = place(bytes);
        bytes.erase(from, from + below(static_cast<size_t>(bytes.end() - from) + 1));
        break;
      }
      case 4: {
        const Bytes& other = any();
        bytes.insert(place(bytes), other.begin(), other.end());
        break;
      }
      default:
        // The length that the header announces, near the length that there is.
        if (bytes.size() >= 4) bytes[3] = static_cast<uint8_t>(bytes.size() - 8 + below(3) - 1);
    }
  }

  const std::vector<Bytes>& corpus_;
  std::mt19937 random_;
};

/// In memory of exactly its size, so that a sanitizer sees who reads on.
void try_out(const Bytes& bytes) {
  const std::vector<uint8_t> exact(bytes);
  LLVMFuzzerTestOneInput(exact.data(), exact.size());
}

}  // namespace

int main(int count, char** words) {
  if (count != 3) return 2;
  const std::vector<Bytes> corpus = read_corpus(words[1]);
  if (corpus.empty()) return 2;
  for (const Bytes& bytes : corpus) try_out(bytes);
  const uint32_t runs = static_cast<uint32_t>(std::atoi(words[2]));
  for (uint32_t run = 0; run < runs; ++run) try_out(Mutator(corpus, run).make());
  std::printf("%zu files, %u changed ones\n", corpus.size(), runs);
}
