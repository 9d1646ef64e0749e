// Every mode of sockets to a receiver that is a program of its own: zcl-receiver, built for the same tool.

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <map>
#include <sstream>

#include "receiver/wire/remote.h"
#include "run.h"
#include "sanitize/core/part.h"

namespace zcl::driver {
namespace {

constexpr ReceiverKind kReceivers[] = {ReceiverKind::kRead,       ReceiverKind::kDiscard,
                                       ReceiverKind::kSpliceNull, ReceiverKind::kZerocopyReceive,
                                       ReceiverKind::kSave,       ReceiverKind::kSaveSplice};

/// The program under way. It ends with its standard input, and must end well: that is where a tool says what it found.
class Receiver {
 public:
  explicit Receiver(const std::string& directory) {
    int input[2];
    int output[2];
    CHECK(pipe2(input, O_CLOEXEC) == 0 && pipe2(output, O_CLOEXEC) == 0);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO);
    std::string words[] = {"./zcl-receiver", "--until-end-of-input", "--save-dir", directory};
    char* arguments[] = {words[0].data(), words[1].data(), words[2].data(), words[3].data(), nullptr};
    CHECK(posix_spawn(&pid_, arguments[0], &actions, nullptr, arguments, environ) == 0);
    posix_spawn_file_actions_destroy(&actions);
    close(input[0]);
    close(output[1]);
    input_ = UniqueFd(input[1]);
    introduce(UniqueFd(output[0]));
  }

  const RemoteReceiver& remote() const { return remote_; }

  void end() {
    input_.reset();
    int status = 0;
    while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) continue;
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  }

 private:
  void introduce(UniqueFd output) {
    std::string said;
    char some[256];
    ssize_t got = 0;
    // Three lines, the last of which is the token's.
    while (said.find("token ") == std::string::npos || said.back() != '\n') {
      got = read(output.get(), some, sizeof some);
      CHECK(got > 0);
      said.append(some, static_cast<size_t>(got));
    }
    std::istringstream words(said);
    std::map<std::string, std::string> values;
    for (std::string name, value; words >> name >> value;) values[name] = value;
    const std::optional<Token> token = token_of(values["token"]);
    CHECK(token);
    remote_ = {values["address"], static_cast<uint16_t>(std::atoi(values["port"].c_str())), *token};
  }

  pid_t pid_ = 0;
  UniqueFd input_;
  RemoteReceiver remote_;
};

void describe_it(const RemoteReceiver& receiver) {
  const Interrupt never;
  const Result<RemoteDescription> description = describe(receiver, never);
  CHECK(description.ok() && !description->facts.facts.empty() && description->interface == "lo");
  RemoteReceiver wrong = receiver;
  wrong.token[0] ^= std::byte{1};
  const Result<RemoteDescription> refused = describe(wrong, never);
  CHECK(!refused.ok() && refused.error().code == "TOKEN");
}

void play(const Setting& setting) {
  Receiver receiver(setting.directory);
  describe_it(receiver.remote());
  uint64_t done = 0;
  uint64_t cancelled = 0;
  const SourceSet source = source_of(5 * kBufferBytes + 4097, setting);
  const SourceSet large = source_of(64 << 20, setting);
  for (const Way& way : setting.ways) {
    if (way.path == Path::kFileToFile) continue;
    RunRequest request = request_for(way, setting);
    request.socket.remote = receiver.remote();
    for (const ReceiverKind kind : kReceivers) {
      request.socket.receiver = kind;
      for (const uint32_t streams : {1U, 8U}) {
        for (const bool verify : {false, true}) {
          request.streams = streams;
          request.verify = verify;
          Run run(source, request);
          const Result<Measurement> measured = execute(run);
          if (!succeeds(name_of(way), measured)) continue;
          CHECK(measured->bytes == source.bytes());
          CHECK(!verify || is_intact(*measured));
          ++done;
        }
      }
      Run run(large, request);
      const Result<Measurement> ended = execute(run, [&] {
        if (run.bytes_so_far() > 0) run.cancel();
      });
      if (!ended.ok() && ended.error().code == "CANCELLED") ++cancelled;
    }
  }
  receiver.end();
  tell(std::to_string(done) + " transfers to a receiver of its own, " + std::to_string(cancelled) + " cancelled");
}

const Part kPart("receiver", play);

}  // namespace
}  // namespace zcl::driver
