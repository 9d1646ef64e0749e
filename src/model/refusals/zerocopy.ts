/** Sends that ask not to be copied: MSG_ZEROCOPY and SEND_ZC. */
import * as l10n from '@vscode/l10n';
import { bytesLimit, type Refusal } from './refusal.ts';

const MODES = /zerocopy|send-zc/;

export const ZEROCOPY_REFUSALS: readonly Refusal[] = [
  {
    // Documentation/networking/msg_zerocopy.rst: beyond optmem_max for the notes on sends, or RLIMIT_MEMLOCK for the pages.
    codes: ['ENOBUFS'],
    modes: MODES,
    words: ({ error, host }) => ({
      message: l10n.t(
        '{0} may not hold on to the pages it sends: net.core.optmem_max is {1}, the limit of locked memory (memlock) {2}.',
        error.call,
        bytesLimit(host, 'optmemMax'),
        bytesLimit(host, 'memlock'),
      ),
      hint: l10n.t(
        'Raise them (sysctl net.core.optmem_max=1048576, ulimit -l), or choose a smaller buffer or queue depth.',
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
