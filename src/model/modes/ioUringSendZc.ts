import * as l10n from '@vscode/l10n';
import type { ModeDescriptor } from './descriptor.ts';
import { arriveHere } from './steps/arrival.ts';
import { coldRead, marked, readCopy } from './steps/common.ts';
import { collect, notified, submit, uringCaveats } from './steps/uring.ts';
import { lendPages, zerocopyCaveats } from './steps/zerocopy.ts';

/** Reads into a ring of buffers and sends each by reference; the notification is a second completion in the ring. */
export function ioUringSendZc(): ModeDescriptor {
  return {
    id: 'io-uring-send-zc',
    name: 'io_uring, SEND_ZC',
    summary: l10n.t('Reads into a ring of buffers and sends each by reference, all as requests of one io_uring.'),
    paths: ['file-to-socket'],
    chunk: 'buffer',
    options: ['queueDepth'],
    awaits: 'each',
    moves: 'data',
    since: '6.0',
    classic: [],
    here: (facts) => ({
      steps: [
        submit('page-cache', facts.queueDepth),
        ...marked('read', [...coldRead(facts), readCopy('buffer-ring')]),
        collect('socket-buffer'),
        ...marked('send', [lendPages('buffer-ring'), ...arriveHere(facts, 'user-pages')]),
        notified(),
      ],
    }),
    faults: 'kernel',
    caveats: [
      ...zerocopyCaveats(),
      l10n.t(
        'Every send completes twice: once when it is queued (F_MORE), once when its pages are released (F_NOTIF). Do not wait for the second one send by send.',
      ),
      ...uringCaveats(),
    ],
  };
}
