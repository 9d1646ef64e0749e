/** Bytes between processes: reaching into another one, and starting it in the first place. */
import * as l10n from '@vscode/l10n';
import { allowCalls, isFiltered, type Refusal, setting } from './refusal.ts';

const REACH_INTO = /^process_vm_(readv|writev)$/;
const START = /^(posix_spawnp?|execve|execveat|fexecve|exec)$/;

export const PROCESS_REFUSALS: readonly Refusal[] = [
  {
    // Documentation/admin-guide/LSM/Yama.rst: 1 only descendants, 2 only administrators, 3 nobody.
    codes: ['EPERM'],
    calls: REACH_INTO,
    when: (host) => Number(host.limits['yamaPtraceScope'] ?? 0) > 0,
    words: ({ error, host }) => ({
      message: l10n.t(
        '{0} may not reach into the other process: kernel.yama.ptrace_scope is {1}.',
        error.call,
        setting(host, 'yamaPtraceScope'),
      ),
      hint: l10n.t('An administrator can allow it: sysctl kernel.yama.ptrace_scope=0.'),
    }),
  },
  {
    codes: ['EPERM', 'ENOSYS'],
    calls: REACH_INTO,
    when: isFiltered,
    words: ({ error, host }) => ({
      message: l10n.t('A seccomp filter forbids {0}.', error.call),
      hint: allowCalls(host, error.call),
    }),
  },
  {
    codes: ['ENOSYS'],
    calls: REACH_INTO,
    words: ({ error }) => ({
      message: l10n.t('This kernel has no {0}: it is built without CONFIG_CROSS_MEMORY_ATTACH.', error.call),
      hint: l10n.t('Use another kernel, or another mode.'),
    }),
  },
  {
    codes: ['EACCES', 'EPERM'],
    calls: START,
    words: ({ error }) => ({
      message: l10n.t(
        'The consumer {0} may not be started: its filesystem is mounted noexec, or it is not executable.',
        error.path ?? '',
      ),
      hint: l10n.t('Install the extension where programs may be executed, or choose --peer thread.'),
    }),
  },
  {
    codes: ['ENOENT'],
    calls: START,
    fault: true,
    words: ({ error }) => ({
      message: l10n.t('The consumer {0} is not there.', error.path ?? ''),
      hint: l10n.t('Build or install the extension again, or choose --peer thread.'),
    }),
  },
  {
    codes: ['CONSUMER_DIED'],
    fault: true,
    words: ({ error }) => ({
      message: error.message,
      hint: l10n.t('Run again; if it stays so, choose --peer thread.'),
    }),
  },
];
