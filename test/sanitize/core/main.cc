// `core PART DIRECTORY SEED MODE:PATH...` plays one part of the driver with files in that folder.

#include <dirent.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <set>

#include "measure/perf/syscall_count.h"
#include "sanitize/core/part.h"

namespace zcl::driver {
namespace {

/// The programs of the core's are looked for beside it, which for a program that is no library is the current folder.
void enter_own_folder() {
  char file[4096];
  const ssize_t length = readlink("/proc/self/exe", file, sizeof file);
  CHECK(length > 0 && length < static_cast<ssize_t>(sizeof file));
  const std::string path(file, static_cast<size_t>(length));
  CHECK(chdir(path.substr(0, path.rfind('/')).c_str()) == 0);
}

size_t open_descriptors() {
  DIR* folder = opendir("/proc/self/fd");
  CHECK(folder != nullptr);
  size_t count = 0;
  while (readdir(folder) != nullptr) ++count;
  closedir(folder);
  return count;
}

Way way_of(const std::string& word) {
  const size_t colon = word.find(':');
  CHECK(colon != std::string::npos);
  const std::string path = word.substr(colon + 1);
  CHECK(path == "file-to-file" || path == "file-to-socket");
  return {word.substr(0, colon), path == "file-to-file" ? Path::kFileToFile : Path::kFileToSocket};
}

int run(int count, char** words) {
  const Part* part = count < 4 ? nullptr : Part::find(words[1]);
  if (part == nullptr) {
    std::fprintf(stderr, "core PART DIRECTORY SEED MODE:PATH...\n");
    for (const std::string& id : Part::ids()) std::fprintf(stderr, "  %s\n", id.c_str());
    return 2;
  }
  Setting setting{words[2], static_cast<uint32_t>(std::strtoul(words[3], nullptr, 10)), {}};
  for (int i = 4; i < count; ++i) setting.ways.push_back(way_of(words[i]));
  enter_own_folder();
  const size_t before = open_descriptors();
  part->play(setting);
  CHECK(open_descriptors() == before);
  return 0;
}

}  // namespace

void tell(const std::string& line) {
  std::printf("%s\n", line.c_str());
}

std::string name_of(const Way& way) {
  return way.mode + (way.path == Path::kFileToFile ? " to a file" : " to a socket");
}

std::string text_of(const Error& error) {
  return error.code + " in " + error.call + " (" + error.message + ")";
}

bool is_refusal(const Error& error) {
  return error.code == "EOPNOTSUPP" || error.code == "ENOSYS" || error.code == "EPERM";
}

bool succeeds(const std::string& what, const Status& status) {
  if (status.ok()) return true;
  const std::string said = what + ": " + text_of(status.error());
  if (!is_refusal(status.error())) {
    std::fprintf(stderr, "%s\n", said.c_str());
    std::exit(1);
  }
  static std::set<std::string> told;
  if (told.insert(said).second) tell("refused: " + said);
  return false;
}

RunRequest request_for(const Way& way, const Setting& setting) {
  RunRequest request;
  request.mode = way.mode;
  request.path = way.path;
  request.directory = setting.directory;
  request.buffer_bytes = kBufferBytes;
  request.socket.save_directory = setting.directory;
  request.socket.receiver_buffer_bytes = kBufferBytes;
  return request;
}

SourceSet source_of(uint64_t bytes, const Setting& setting) {
  const Interrupt never;
  Result<Source> source = Source::generate(setting.directory, bytes, setting.seed, Link::kMayGet, never);
  CHECK(source.ok());
  return SourceSet(std::move(*source));
}

bool counts_calls() {
  static const bool counts = SyscallCount::when(true).ok();
  return counts;
}

bool is_intact(const Measurement& measurement) {
  return measurement.verification && measurement.verification->verdict.fate == Fate::kIntact;
}

}  // namespace zcl::driver

int main(int count, char** words) {
  return zcl::driver::run(count, words);
}
