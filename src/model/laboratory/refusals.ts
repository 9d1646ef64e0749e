/** Why there is no laboratory here, or none that is set as asked: what said no, and the way out. */
import * as l10n from '@vscode/l10n';
import { describeSystemError, type SystemError } from '../problems.ts';
import type { Problem } from '../result/problem.ts';

/** Settings of the kernel that decide who may make namespaces; null where this kernel has no such setting. */
export interface NamespaceLimits {
  /** user.max_user_namespaces */
  readonly maxUserNamespaces: number | null;
  /** user.max_net_namespaces */
  readonly maxNetNamespaces: number | null;
  /** kernel.unprivileged_userns_clone, of Debian's and Ubuntu's kernels. */
  readonly unprivilegedUserNamespaces: boolean | null;
  /** kernel.apparmor_restrict_unprivileged_userns, of Ubuntu's kernels since 23.10. */
  readonly apparmorRestricts: boolean | null;
  /** A filter of system calls is in force. */
  readonly filtered: boolean;
}

/** @param error of `unshare`, which a user other than root may only call in a user namespace of its own */
export function explainNoLaboratory(error: SystemError, limits: NamespaceLimits): Problem {
  const message = l10n.t('A laboratory needs network namespaces, and this process may make none.');
  const root = l10n.t('As root (sudo) it works without that.');
  const because = (reason: string, hint: string): Problem => ({
    code: error.code,
    message: `${message} ${reason}`,
    hint,
  });
  if (error.code === 'ENOSPC') {
    const [name, value] =
      limits.maxUserNamespaces === 0
        ? ['user.max_user_namespaces', limits.maxUserNamespaces]
        : ['user.max_net_namespaces', limits.maxNetNamespaces];
    return because(
      l10n.t('The limit {0} of {1} is reached.', value ?? l10n.t('unknown'), name),
      l10n.t('Raise it: sysctl -w {0}=1000.', name),
    );
  }
  if (limits.apparmorRestricts === true) {
    return because(
      l10n.t('AppArmor keeps users from namespaces of their own (kernel.apparmor_restrict_unprivileged_userns = 1).'),
      `${root} ${l10n.t('To allow it to everybody: sysctl -w {0}.', 'kernel.apparmor_restrict_unprivileged_userns=0')}`,
    );
  }
  if (limits.unprivilegedUserNamespaces === false) {
    return because(
      l10n.t('Only root may make user namespaces here (kernel.unprivileged_userns_clone = 0).'),
      `${root} ${l10n.t('To allow it to everybody: sysctl -w {0}.', 'kernel.unprivileged_userns_clone=1')}`,
    );
  }
  if (limits.maxUserNamespaces === 0) {
    return because(
      l10n.t('This kernel is set to have no user namespaces (user.max_user_namespaces = 0).'),
      `${root} ${l10n.t('To allow it to everybody: sysctl -w {0}.', 'user.max_user_namespaces=1000')}`,
    );
  }
  if (limits.filtered) {
    return because(
      l10n.t('A filter of system calls (seccomp) is in force, as in a container.'),
      l10n.t('Run outside of the container, or start it with CAP_SYS_ADMIN and CAP_NET_ADMIN.'),
    );
  }
  return because(`${error.call}: ${error.message}.`, root);
}

/** @param error of one step of making it */
export function explainNoSetting(error: SystemError): Problem {
  const discipline = /^RTM_NEWQDISC (\w+)$/.exec(error.call)?.[1];
  if (discipline !== undefined && error.code === 'ENOENT') {
    return {
      code: error.code,
      message: l10n.t('This kernel has no queueing discipline {0}.', discipline),
      hint: l10n.t('Load it (modprobe sch_{0}) where it is a module, or leave out what needs it.', discipline),
    };
  }
  if (error.call === 'RTM_NEWLINK veth') {
    return {
      code: error.code,
      message: l10n.t('No veth pair can be made: {0}.', error.message),
      hint: l10n.t('Load the driver (modprobe veth) where it is a module.'),
    };
  }
  return describeSystemError(error);
}
