#pragma once

#include <memory>
#include <string>

#include "core/interrupt.h"
#include "core/network_namespace.h"
#include "core/result.h"
#include "laboratory/netlink.h"
#include "laboratory/settings.h"
#include "receiver/meeting.h"

namespace zcl {

/// Two network namespaces joined by a veth pair: a sender's, whose end of the pair is set as asked, and a receiver's.
/// All of it is held by descriptors of this process, so it is gone with the last of them, however the process ends.
class Laboratory {
 public:
  /// EPERM where this process may make no network namespaces.
  static Result<std::shared_ptr<const Laboratory>> make(const LaboratorySettings& settings, const Interrupt& interrupt);

  /// What the kernel says of it now.
  Result<LaboratoryReading> read() const;

  /// Where a sender in one namespace and a receiver in the other meet.
  Meeting meeting() const;

 private:
  struct End {
    NetworkNamespace space;
    Netlink netlink;
    UniqueFd inet;  ///< for ioctls
    int index = 0;  ///< of its interface
  };
  static Result<End> make_end();

  Laboratory(End sender, End receiver) : sender_(std::move(sender)), receiver_(std::move(receiver)) {}
  Status join(const LaboratorySettings& settings);
  Status set(const LaboratorySettings& settings);
  static Status await_carrier(const End& end, const Interrupt& interrupt);

  End sender_;
  End receiver_;
};

}  // namespace zcl
