import * as l10n from '@vscode/l10n';
import type { ModeDescriptor } from './descriptor.ts';
import { marked } from './steps/common.ts';
import { bufferToDisk, directCaveats, diskToBuffer, waitForDisk } from './steps/direct.ts';
import { collect, enterForTail, registeredCaveat, submit, uringCaveats } from './steps/uring.ts';

/** O_DIRECT as it is meant to be used: several requests under way, buffers pinned once. */
export function ioUringDirect(): ModeDescriptor {
  return {
    id: 'io-uring-direct',
    name: 'io_uring, fixed buffers, O_DIRECT',
    summary: l10n.t('Reads and writes past the page cache with several requests under way: no copies, fewer waits.'),
    paths: ['file-to-file'],
    chunk: 'buffer',
    fit: 'blocks',
    options: ['queueDepth'],
    moves: 'data',
    since: '5.6',
    classic: [],
    here: (facts) => ({
      steps: [
        submit('disk', facts.queueDepth),
        ...marked('read', [diskToBuffer('registered-buffers'), waitForDisk('disk')]),
        collect('destination-disk'),
        ...marked('write', [bufferToDisk('registered-buffers'), waitForDisk('destination-disk')]),
        enterForTail(),
      ],
    }),
    faults: 'kernel',
    caveats: [...directCaveats(), registeredCaveat(), ...uringCaveats()],
  };
}
