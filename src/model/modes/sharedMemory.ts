import * as l10n from '@vscode/l10n';
import type { ModeDescriptor } from './descriptor.ts';
import { consume, produce } from './steps/exchange.ts';
import { sharedMapping } from './steps/memfd.ts';
import { announce, awaitRelease } from './steps/signalling.ts';

/** A ring on a memfd that both sides map: no copy at all, and calls only to sleep and to wake. */
export function sharedMemory(): ModeDescriptor {
  return {
    id: 'shared-memory',
    name: 'shared memory',
    summary: l10n.t('Producer and consumer work in a ring that both have mapped; the kernel only wakes who sleeps.'),
    paths: ['process-to-process'],
    chunk: 'buffer',
    options: [],
    moves: 'data',
    since: '3.17',
    classic: [],
    here: () => ({
      steps: [
        sharedMapping(),
        produce('shared-ring'),
        announce('shared-ring'),
        consume('shared-ring'),
        awaitRelease('shared-ring'),
      ],
    }),
    faults: 'user',
    caveats: [
      l10n.t('The kernel copies nothing, and protects nothing: either side can change what the other is reading.'),
      l10n.t(
        'No copy is saved where the data lies elsewhere: a program that must copy into the ring pays for that copy itself.',
      ),
    ],
  };
}
