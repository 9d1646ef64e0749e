// Moves a file by one mode over a wire, to a receiver of whom can be said what the addon's never does. Arguments are
// name=value:
//   mode, file, buffer, depth: what to move, and how
//   wire: see wire.h
//   receiver: `reads` at once; once the sender sleeps: `stalls` until then, and reads; `cancels` the transfer; `resets`
//             the connection; `elsewhere`: of what becomes of the bytes nothing is known here
//   rcvbuf, sndbuf: of the two sockets, in bytes, 0 for the kernel's choice; nonblocking=1: the sending one
//   memlock, optmem: limits, in bytes
// Prints one line of JSON: what became of it.

#include <fcntl.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "core/check.h"
#include "core/file_facts.h"
#include "core/wire.h"
#include "transfer.h"

namespace zcl {
namespace {

using Arguments = std::map<std::string, std::string>;

Arguments parse(int count, char** words) {
  Arguments arguments{{"buffer", "65536"}, {"depth", "8"},  {"wire", "loopback"}, {"receiver", "reads"},
                      {"rcvbuf", "0"},     {"sndbuf", "0"}, {"nonblocking", "0"}};
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    const size_t at = word.find('=');
    CHECK(at != std::string::npos);
    arguments[word.substr(0, at)] = word.substr(at + 1);
  }
  return arguments;
}

void set_limits(const Arguments& arguments) {
  if (const auto bytes = arguments.find("memlock"); bytes != arguments.end()) {
    const rlim_t wanted = std::stoull(bytes->second);
    const rlimit limit{wanted, wanted};
    CHECK(setrlimit(RLIMIT_MEMLOCK, &limit) == 0);
  }
  // Of this network namespace alone since Linux 6.8; before, the file is not there.
  if (const auto bytes = arguments.find("optmem"); bytes != arguments.end()) {
    std::ofstream file("/proc/sys/net/core/optmem_max");
    file << bytes->second << std::flush;
    CHECK(file.good());
  }
}

void set_options(int socket, const Arguments& arguments) {
  const int bytes = std::stoi(arguments.at("sndbuf"));
  if (bytes > 0) CHECK(setsockopt(socket, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes) == 0);
  if (arguments.at("nonblocking") == "1") CHECK(fcntl(socket, F_SETFL, O_NONBLOCK) == 0);
}

/// Raised on the transfer thread when the first chunk is about to be moved.
class Begun final : public Moment {
 public:
  void reached(uint64_t) override { begun_ = true; }
  operator bool() const { return begun_; }

 private:
  std::atomic<bool> begun_{false};
};

/// Whether a thread of ours waits for an event: the kernel's word for it, not a guess after some time.
bool sleeps(pid_t thread) {
  std::ifstream file("/proc/self/task/" + std::to_string(thread) + "/stat");
  std::string line;
  std::getline(file, line);
  const size_t name_end = line.rfind(')');
  return name_end != std::string::npos && line.compare(name_end, 3, ") S") == 0;
}

/// From the first chunk on the sender's thread sleeps only in send, when nothing more fits into the socket, or in poll,
/// for completions. Waiting for the disk is another state.
void await_sleep(const Begun& begun, pid_t sender) {
  while (!begun || !sleeps(sender)) sched_yield();
}

std::vector<char> read_all(int socket) {
  std::vector<char> all;
  std::vector<char> some(65536);
  for (;;) {
    const ssize_t got = recv(socket, some.data(), some.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return all;
    all.insert(all.end(), some.begin(), some.begin() + got);
  }
}

void reset(UniqueFd& socket) {
  const linger at_once{1, 0};
  setsockopt(socket.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  socket.reset();
}

std::vector<char> contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void print(const Status& status, const Mode& mode, const std::vector<CallCount>& calls, const std::vector<char>& sent,
           const std::vector<char>& arrived) {
  const ZerocopyCount count = mode.zerocopy().value_or(ZerocopyCount{});
  std::printf("{\"code\":\"%s\",\"call\":\"%s\",\"message\":\"%s\",", status.ok() ? "ok" : status.error().code.c_str(),
              status.ok() ? "" : status.error().call.c_str(), status.ok() ? "" : status.error().message.c_str());
  std::printf("\"sent\":%lu,\"completed\":%lu,\"copied\":%lu,", count.sent, count.completed, count.copied);
  std::printf("\"arrived\":%zu,\"exact\":%s,\"calls\":{", arrived.size(), arrived == sent ? "true" : "false");
  const char* separator = "";
  for (const CallCount& call : calls) {
    std::printf("%s\"%s\":%lu", separator, call.name.c_str(), call.times);
    separator = ",";
  }
  std::printf("}}\n");
}

int run(const Arguments& arguments) {
  set_limits(arguments);
  Ends ends = connect_over(arguments.at("wire"), std::stoi(arguments.at("rcvbuf")));
  set_options(ends.sender.get(), arguments);

  const std::string& path = arguments.at("file");
  const UniqueFd file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  const Result<FileFacts> facts = facts_of(file.get(), path);
  CHECK(facts.ok());
  const std::vector<char> content = contents(path);
  const std::unique_ptr<Mode> mode = make_mode(arguments.at("mode"));
  CHECK(mode != nullptr);

  Interrupt interrupt;
  const Interruptible reachable(interrupt);
  ModeOptions options;
  options.queue_depth = static_cast<uint32_t>(std::stoul(arguments.at("depth")));
  Begun begun;
  const std::string no_path;
  const Job job{{file.get(), facts->bytes, path},
                {ends.sender.get(), no_path},
                std::stoull(arguments.at("buffer")),
                interrupt,
                options,
                0,
                &begun};

  const std::string what = arguments.at("receiver");
  std::vector<char> arrived;
  const pid_t sender = getpid();
  std::thread receiver([&] {
    if (what != "reads") await_sleep(begun, sender);
    if (what == "cancels") interrupt.request();
    if (what == "resets") reset(ends.receiver);
    if (what == "reads" || what == "stalls") arrived = read_all(ends.receiver.get());
  });

  Status status = mode->prepare(job);
  mode->calls().forget();
  if (status.ok()) status = mode->move(job);
  const std::vector<CallCount> calls = mode->calls().made();
  mode->finish();
  shutdown(ends.sender.get(), SHUT_WR);
  receiver.join();
  print(status, *mode, calls, content, arrived);
  return 0;
}

}  // namespace
}  // namespace zcl

int main(int count, char** words) {
  return zcl::run(zcl::parse(count, words));
}
