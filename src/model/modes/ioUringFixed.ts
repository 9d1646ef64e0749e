import * as l10n from '@vscode/l10n';
import type { ModeDescriptor } from './descriptor.ts';
import { arriveHere } from './steps/arrival.ts';
import { coldRead, marked, readCopy, writeCopy } from './steps/common.ts';
import { collect, registeredCaveat, submit, uringCaveats } from './steps/uring.ts';

/** io_uring with buffers the kernel has looked up and pinned beforehand (READ_FIXED, WRITE_FIXED). */
export function ioUringFixed(): ModeDescriptor {
  return {
    id: 'io-uring-fixed',
    name: 'io_uring, fixed buffers',
    summary: l10n.t('Reads into and writes from registered buffers; the copies stay, between kernel addresses.'),
    paths: ['file-to-file'],
    chunk: 'buffer',
    options: ['queueDepth'],
    moves: 'data',
    since: '5.6',
    classic: [],
    here: (facts) => ({
      steps: [
        submit('page-cache', facts.queueDepth),
        ...marked('read', [...coldRead(facts), readCopy('registered-buffers')]),
        collect('destination-cache'),
        ...marked('write', [writeCopy(facts.path, 'registered-buffers'), ...arriveHere(facts, 'copied')]),
      ],
    }),
    faults: 'kernel',
    caveats: [
      l10n.t(
        'Fixed buffers are not zero-copy: buffered I/O copies each byte twice all the same. They save the pinning that O_DIRECT needs for every request.',
      ),
      registeredCaveat(),
      ...uringCaveats(),
    ],
  };
}
