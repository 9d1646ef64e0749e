/** Who may make namespaces on this host. */
import type { NamespaceLimits } from '../../model/laboratory/refusals.ts';
import { machineFacts } from './machine.ts';
import { readFlag, readNumber } from './readings.ts';

/** Documentation/admin-guide/sysctl/user.rst; the other two are patches of Debian's and Ubuntu's kernels. */
export function namespaceLimits(): NamespaceLimits {
  const { seccomp } = machineFacts();
  return {
    maxUserNamespaces: readNumber('/proc/sys/user/max_user_namespaces'),
    maxNetNamespaces: readNumber('/proc/sys/user/max_net_namespaces'),
    unprivilegedUserNamespaces: readFlag('/proc/sys/kernel/unprivileged_userns_clone'),
    apparmorRestricts: readFlag('/proc/sys/kernel/apparmor_restrict_unprivileged_userns'),
    filtered: seccomp === 'filter' || seccomp === 'strict',
  };
}
