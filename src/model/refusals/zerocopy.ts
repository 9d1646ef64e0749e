/** Sends that ask not to be copied: MSG_ZEROCOPY and SEND_ZC. */
import * as l10n from '@vscode/l10n';
import type { Host } from '../result/host.ts';
import { bytesLimit, type Refusal } from './refusal.ts';

const MODES = /zerocopy|send-zc/;

/** What the kernel charges for the note on one send at most: an empty socket buffer (net/core/sock.c: sock_omalloc). */
const ONE_NOTE_BYTES = 1024;

/**
 * The kernel has one errno for both: notes beyond optmem_max, and pages beyond RLIMIT_MEMLOCK
 * (Documentation/networking/msg_zerocopy.rst). So what they are set to decides.
 */
function lacksOptmem({ limits }: Host): boolean {
  const { optmemMax, memlock } = limits;
  return memlock === 'unlimited' || (typeof optmemMax === 'number' && optmemMax < ONE_NOTE_BYTES);
}

export const ZEROCOPY_REFUSALS: readonly Refusal[] = [
  {
    codes: ['ENOBUFS'],
    modes: MODES,
    when: lacksOptmem,
    words: ({ host }) => ({
      message: l10n.t(
        'The kernel may not take notes on zero-copy sends: net.core.optmem_max is {0}.',
        bytesLimit(host, 'optmemMax'),
      ),
      hint: l10n.t('An administrator can raise it: sysctl net.core.optmem_max=131072.'),
    }),
  },
  {
    codes: ['ENOBUFS'],
    modes: MODES,
    words: ({ error, host }) => ({
      message: l10n.t(
        '{0} may not lock the pages it sends: the limit of locked memory (memlock) is {1}.',
        error.call,
        bytesLimit(host, 'memlock'),
      ),
      hint: l10n.t(
        'Raise it (ulimit -l, memlock in limits.conf, LimitMEMLOCK= of a systemd unit), or choose a smaller buffer or queue depth.',
      ),
    }),
  },
  {
    codes: ['EOPNOTSUPP', 'ENOTSUP', 'ENOPROTOOPT', 'EINVAL'],
    calls: /^(setsockopt|SO_ZEROCOPY|send|sendmsg|io_uring.*)$/,
    modes: MODES,
    words: () => ({
      message: l10n.t('The sockets of this kernel take no zero-copy sends.'),
      hint: l10n.t('MSG_ZEROCOPY came with Linux 4.14, SEND_ZC with 6.0; use a newer kernel, or another mode.'),
    }),
  },
];
