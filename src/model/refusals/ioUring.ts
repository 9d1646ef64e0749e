/** io_uring that is switched off, filtered, not built, too old, or short of memory it may lock. */
import * as l10n from '@vscode/l10n';
import type { Host } from '../result/host.ts';
import { allowCalls, bytesLimit, isFiltered, type Refusal, setting, since } from './refusal.ts';

const CALLS = /^io_uring/;
const MODES = /^io-uring/;
const ALL_CALLS = 'io_uring_setup, io_uring_enter, io_uring_register';

/** Documentation/admin-guide/sysctl/kernel.rst: 1 shuts out whoever has no CAP_SYS_ADMIN and is not in the group, 2 everybody. */
const isDisabled = (value: number) => (host: Host) => host.limits['ioUringDisabled'] === value;

export const IO_URING_REFUSALS: readonly Refusal[] = [
  {
    codes: ['EPERM'],
    calls: CALLS,
    when: isDisabled(2),
    words: () => ({
      message: l10n.t('io_uring is switched off on this host: kernel.io_uring_disabled is 2.'),
      hint: l10n.t('An administrator can allow it: sysctl kernel.io_uring_disabled=0.'),
    }),
  },
  {
    codes: ['EPERM'],
    calls: CALLS,
    when: isDisabled(1),
    words: ({ host }) => ({
      message: l10n.t(
        'io_uring is kept for administrators on this host: kernel.io_uring_disabled is 1 and kernel.io_uring_group is {0}.',
        setting(host, 'ioUringGroup'),
      ),
      hint: l10n.t(
        'An administrator can set kernel.io_uring_group to the number of a group of yours, or kernel.io_uring_disabled to 0.',
      ),
    }),
  },
  {
    codes: ['EPERM', 'EACCES'],
    calls: CALLS,
    when: isFiltered,
    words: ({ error, host }) => ({
      message:
        host.container === null
          ? l10n.t('A seccomp filter of this process forbids {0}.', error.call)
          : l10n.t(
              'A seccomp filter forbids {0} in this container ({1}), as the default profile of Docker does.',
              error.call,
              host.container,
            ),
      hint: allowCalls(host, ALL_CALLS),
    }),
  },
  {
    codes: ['EPERM', 'EACCES'],
    calls: CALLS,
    words: ({ error }) => ({
      message: l10n.t(
        '{0} is not permitted, and neither kernel.io_uring_disabled nor a seccomp filter says so.',
        error.call,
      ),
      hint: l10n.t('A security module such as SELinux may forbid it; its audit log says so.'),
    }),
  },
  {
    codes: ['ENOSYS'],
    calls: CALLS,
    when: isFiltered,
    words: ({ host }) => ({
      message: l10n.t('This kernel has no io_uring, or the seccomp filter in force says so.'),
      hint: allowCalls(host, ALL_CALLS),
    }),
  },
  {
    codes: ['ENOSYS'],
    calls: CALLS,
    words: () => ({
      message: l10n.t('This kernel has no io_uring: it is older than 5.1, or built without CONFIG_IO_URING.'),
      hint: l10n.t('Use another kernel, or another mode.'),
    }),
  },
  {
    // io_uring_register(2): ENOMEM also where the buffers would exceed RLIMIT_MEMLOCK. On some kernels the ring itself
    // counts too: before 5.12, and measured again on 6.18.
    codes: ['ENOMEM'],
    modes: MODES,
    words: ({ error, host }) => ({
      message: l10n.t(
        '{0} needs more locked memory than this process may have; the limit (memlock) is {1}.',
        error.call,
        bytesLimit(host, 'memlock'),
      ),
      hint: l10n.t(
        'Raise it (ulimit -l, memlock in limits.conf, LimitMEMLOCK= of a systemd unit), or choose a smaller buffer or queue depth.',
      ),
    }),
  },
  {
    // A request the ring does not know ends with EINVAL, under the name of what it asked for.
    codes: ['EINVAL', 'EOPNOTSUPP', 'ENOTSUP'],
    modes: MODES,
    words: ({ mode, error }) => ({
      message: l10n.t('The io_uring of this kernel does not know what this mode asks of {0}.', error.call),
      hint: l10n.t('The mode came with Linux {0}; use a newer kernel, or another mode.', since(mode)),
    }),
  },
];
