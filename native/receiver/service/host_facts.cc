#include "receiver/service/host_facts.h"

#include <fcntl.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <string>

#include "core/unique_fd.h"
#include "host/interface.h"
#include "host/route.h"

namespace zcl::service {
namespace {

/// The start of a file; what is asked for stands there.
std::string start_of(const char* path) {
  const UniqueFd file(open(path, O_RDONLY | O_CLOEXEC));
  char text[4096];
  const ssize_t got = file ? read(file.get(), text, sizeof text) : 0;
  return std::string(text, got > 0 ? static_cast<size_t>(got) : 0);
}

/// What follows `key` on a line that begins with it, without `separators` around it.
std::string value_of(const std::string& text, const std::string& key, const char* separators) {
  const size_t found = text.compare(0, key.size(), key) == 0 ? 0 : text.find("\n" + key);
  if (found == std::string::npos) return {};
  const size_t start = text.find_first_not_of(separators, found + key.size() + (found == 0 ? 0 : 1));
  const size_t end = text.find('\n', found + 1);
  if (start == std::string::npos || start >= end) return {};
  return text.substr(start, text.find_last_not_of(separators, end - 1) + 1 - start);
}

class Collection {
 public:
  void add(const char* name, const std::string& value) {
    if (!value.empty()) facts_.facts.push_back({name, value});
  }
  void add(const char* name, bool on) { add(name, std::string(on ? "on" : "off")); }
  wire::Facts take() && { return std::move(facts_); }

 private:
  wire::Facts facts_;
};

/// Whether an interface has a device of its own, and how fast that says its link is; a virtual one says anything
/// (Documentation/ABI/testing/sysfs-class-net). @param folder of the interface: a link to where its device is
void add_device(Collection& facts, const std::string& folder) {
  char target[256];
  const ssize_t length = readlink(folder.c_str(), target, sizeof target);
  if (length <= 0) return;
  const bool is_virtual = std::string(target, static_cast<size_t>(length)).find("/virtual/") != std::string::npos;
  facts.add("virtual", is_virtual);
  const std::string megabits = start_of((folder + "/speed").c_str());
  if (!is_virtual && megabits.find('-') == std::string::npos)
    facts.add("linkMegabits", megabits.substr(0, megabits.find('\n')));
}

void add_interface(Collection& facts, const Endpoint& own) {
  const std::string name = own.is_loopback() ? "lo" : interface_with(own).value_or("");
  if (name.empty()) return;
  facts.add("interface", name);
  if (const auto mtu = mtu_of(name)) facts.add("mtu", std::to_string(*mtu));
  add_device(facts, "/sys/class/net/" + name);
  const Result<InterfaceFeatures> features = interface_features(name);
  if (!features.ok()) return;
  facts.add("scatterGather", features->scatter_gather);
  facts.add("tso", features->tso);
  facts.add("gso", features->gso);
  facts.add("txChecksum", features->tx_checksum);
}

}  // namespace

wire::Facts host_facts(const Endpoint& own) {
  Collection facts;
  utsname name{};
  if (uname(&name) == 0) {
    facts.add("name", std::string(name.nodename));
    facts.add("kernel", std::string(name.release));
    facts.add("arch", std::string(name.machine));
  }
  facts.add("distribution", value_of(start_of("/etc/os-release"), "PRETTY_NAME=", "\""));
  const std::string cpu = start_of("/proc/cpuinfo");
  facts.add("cpuModel", value_of(cpu, "model name", "\t: "));
  facts.add("cpus", std::to_string(sysconf(_SC_NPROCESSORS_ONLN)));
  struct sysinfo memory {};
  if (sysinfo(&memory) == 0) facts.add("memoryBytes", std::to_string(uint64_t{memory.totalram} * memory.mem_unit));
  if (cpu.find(" hypervisor") != std::string::npos) {
    const std::string vendor = start_of("/sys/class/dmi/id/sys_vendor");
    facts.add("virtualised", vendor.empty() ? "VM" : vendor.substr(0, vendor.find('\n')));
  }
  add_interface(facts, own);
  return std::move(facts).take();
}

}  // namespace zcl::service
