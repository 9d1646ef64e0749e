// zcl-receiver: the receiver as a program of its own, for another host. It needs no file beside it and no shared
// library; what it is told, and what it says, is in docs/protocol.md.

#include <sys/auxv.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <optional>
#include <string>

#include "paths/unnamed_file.h"
#include "receiver/service/service.h"

namespace zcl::service {
namespace {

constexpr char kTokenVariable[] = "ZERO_COPY_LAB_TOKEN";
constexpr int kFailed = 1;
constexpr int kUsage = 2;

constexpr char kHelp[] =
    "zcl-receiver [--listen ADDRESS] [--port PORT] [--allow-network] [--save-dir DIR] [--until-end-of-input]\n"
    "             [--try-port PORT] [--lifeline SECONDS] [--remove-itself]\n"
    "\n"
    "Receives what Zero-Copy Lab sends over TCP, and reports what that cost. Prints its address, port and token on\n"
    "standard output, and what happens on standard error. Ends with SIGINT or SIGTERM.\n"
    "\n"
    "  --listen ADDRESS      an IPv4 or IPv6 address in numbers; 127.0.0.1 if not given\n"
    "  --port PORT           a free one if not given\n"
    "  --try-port PORT       this one, or a free one where somebody else has it\n"
    "  --allow-network       needed for an address that other hosts reach; whoever has the token may then send\n"
    "  --save-dir DIR        a folder for data that is to be saved, in files without a name that vanish afterwards\n"
    "  --until-end-of-input  end with standard input, too\n"
    "  --lifeline SECONDS    the same, and when it brings nothing for so long\n"
    "  --remove-itself       remove its own file before anything else\n"
    "\n"
    "The token is random; one in ZERO_COPY_LAB_TOKEN, 32 hexadecimal digits, is taken instead.\n";

struct Arguments {
  Settings settings{"127.0.0.1", 0, false, {}, false, 0};
  bool allow_network = false;
  bool remove_itself = false;
  bool help = false;
};

/// Of a port, or of seconds.
std::optional<uint16_t> number_of(const char* text) {
  char* end = nullptr;
  const unsigned long number = std::strtoul(text, &end, 10);
  if (*text < '0' || *text > '9' || *end != '\0' || number > UINT16_MAX) return {};
  return static_cast<uint16_t>(number);
}

Result<Arguments> read_arguments(char** words) {
  Arguments arguments;
  Settings& settings = arguments.settings;
  for (; *words != nullptr; ++words) {
    const std::string option = *words;
    const bool wants_port = option == "--port" || option == "--try-port";
    const bool wants_value = wants_port || option == "--listen" || option == "--save-dir" || option == "--lifeline";
    if (wants_value && words[1] == nullptr) return bad_argument(option + " needs a value.");
    if (option == "--listen") {
      settings.address = *++words;
    } else if (wants_port) {
      const std::optional<uint16_t> port = number_of(*++words);
      if (!port) return bad_argument(std::string("“") + *words + "” is not a port from 0 to 65535.");
      settings.port = *port;
      settings.or_free_port = option == "--try-port";
    } else if (option == "--save-dir") {
      settings.save_directory = *++words;
    } else if (option == "--allow-network") {
      arguments.allow_network = true;
    } else if (option == "--until-end-of-input") {
      settings.until_end_of_input = true;
    } else if (option == "--lifeline") {
      const std::optional<uint16_t> seconds = number_of(*++words);
      if (!seconds || *seconds == 0) return bad_argument(std::string("“") + *words + "” is not a number of seconds.");
      settings.until_end_of_input = true;
      settings.lifeline_seconds = *seconds;
    } else if (option == "--remove-itself") {
      arguments.remove_itself = true;
    } else if (option == "--help") {
      arguments.help = true;
    } else {
      return bad_argument("“" + option + "” is not an option; --help lists them.");
    }
  }
  return arguments;
}

/// Whether it may listen there, and save where it is to.
Status check(const Arguments& arguments) {
  const Result<Endpoint> endpoint = Endpoint::of(arguments.settings.address, arguments.settings.port);
  if (!endpoint.ok()) return endpoint.error();
  if (!endpoint->is_loopback() && !arguments.allow_network) {
    return bad_argument("Other hosts reach " + endpoint->host() + ": say --allow-network if they may.");
  }
  if (arguments.settings.save_directory.empty()) return {};
  const Result<UniqueFd> file = open_unnamed_file(arguments.settings.save_directory);
  return file.ok() ? Status() : Status(file.error());
}

Result<Token> choose_token() {
  // There is one thread so far.
  const char* given = std::getenv(kTokenVariable);  // NOLINT(concurrency-mt-unsafe)
  if (given == nullptr) return random_token();
  const std::optional<Token> token = token_of(given);
  unsetenv(kTokenVariable);  // NOLINT(concurrency-mt-unsafe)
  if (!token) return bad_argument(std::string(kTokenVariable) + " must be 32 hexadecimal digits.");
  return *token;
}

void print(int descriptor, const std::string& text) {
  if (write(descriptor, text.c_str(), text.size()) < 0) return;  // then nobody reads it
}

void introduce(const Endpoint& endpoint, const Token& token) {
  print(STDOUT_FILENO, "address " + endpoint.host() + "\nport " + std::to_string(endpoint.port()) + "\ntoken " +
                           text_of(token) + "\n");
}

/// The file it was started from, as execve was told it: getauxval(3). What runs needs no name any more.
void remove_itself() {
  // The kernel hands over an address as a number.
  const auto* file = reinterpret_cast<const char*>(getauxval(AT_EXECFN));  // NOLINT(performance-no-int-to-ptr)
  if (file != nullptr) unlink(file);
}

int complain(const Error& error, int status) {
  const std::string where = error.path.empty() ? "" : " (" + error.call + " of " + error.path + ")";
  print(STDERR_FILENO, "zcl-receiver: " + error.message + where + "\n");
  return status;
}

int run(char** words) {
  const Result<Arguments> arguments = read_arguments(words);
  if (!arguments.ok()) return complain(arguments.error(), kUsage);
  if (arguments->help) {
    print(STDOUT_FILENO, kHelp);
    return 0;
  }
  if (arguments->remove_itself) remove_itself();
  if (const Status status = check(*arguments); !status.ok()) return complain(status.error(), kUsage);
  const Result<Token> token = choose_token();
  if (!token.ok()) return complain(token.error(), kUsage);
  Result<Service> service = Service::open(arguments->settings, *token);
  if (!service.ok()) return complain(service.error(), kFailed);
  static_cast<void>(signal(SIGPIPE, SIG_IGN));  // of whoever reads what it says
  static_cast<void>(signal(SIGXFSZ, SIG_IGN));  // a file that may not grow any more is EFBIG
  introduce(service->endpoint(), *token);
  const Status status = service->run();
  return status.ok() ? 0 : complain(status.error(), kFailed);
}

}  // namespace
}  // namespace zcl::service

int main(int, char** words) {
  return zcl::service::run(words + 1);
}
