import * as l10n from '@vscode/l10n';
import type { ModeDescriptor } from './descriptor.ts';
import { arriveHere } from './steps/arrival.ts';
import { coldRead, marked, readCopy, writeCopy } from './steps/common.ts';
import { collect, submit, uringCaveats } from './steps/uring.ts';

/** read and write as requests in a ring: the same copies, fewer crossings, and several chunks under way. */
export function ioUring(): ModeDescriptor {
  return {
    id: 'io-uring',
    name: 'io_uring',
    summary: l10n.t('Reads and writes as requests in a ring: the copies of read and write, in fewer calls.'),
    paths: ['file-to-file'],
    chunk: 'buffer',
    options: ['queueDepth'],
    moves: 'data',
    since: '5.6',
    classic: [],
    here: (facts) => ({
      steps: [
        submit('page-cache', facts.queueDepth),
        ...marked('read', [...coldRead(facts), readCopy('buffer-ring')]),
        collect('destination-cache'),
        ...marked('write', [writeCopy(facts.path, 'buffer-ring'), ...arriveHere(facts, 'copied')]),
      ],
    }),
    faults: 'kernel',
    caveats: [
      l10n.t('It saves calls, not copies: each byte is still copied twice.'),
      l10n.t(
        'What cannot be done at once, such as a read from the disk, may go to a worker thread of the kernel; its CPU time is counted with the sender.',
      ),
      ...uringCaveats(),
    ],
  };
}
