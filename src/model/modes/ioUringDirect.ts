import * as l10n from '@vscode/l10n';
import type { Step } from '../flow.ts';
import type { FlowFacts, ModeDescriptor } from './descriptor.ts';
import { syncHere } from './steps/arrival.ts';
import { marked } from './steps/common.ts';
import { directRead, directWrite, directWriteCaveats } from './steps/direct.ts';
import { collect, enterOnce, registeredCaveat, submit, uringCaveats } from './steps/uring.ts';

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
        ...marked('read', directRead('registered-buffers')),
        collect('destination-disk'),
        ...marked('write', directWrite(facts, 'registered-buffers')),
        ...tail(facts),
        ...syncHere(facts),
      ],
    }),
    faults: 'kernel',
    caveats: [...directWriteCaveats(), registeredCaveat(), ...uringCaveats()],
  };
}

function tail(facts: FlowFacts): readonly Step[] {
  if (facts.wholeBlocks) return [];
  return [
    enterOnce('page-cache', l10n.t('The bytes behind the last whole block are read through the page cache.')),
    enterOnce('destination-disk', l10n.t('They are written through the page cache, by a request of their own.')),
  ];
}
