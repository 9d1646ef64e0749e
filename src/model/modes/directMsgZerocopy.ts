import * as l10n from '@vscode/l10n';
import type { ModeDescriptor } from './descriptor.ts';
import { arriveHere } from './steps/arrival.ts';
import { systemCall } from './steps/common.ts';
import { directCaveats, directRead } from './steps/direct.ts';
import { completions, lendPages, sendCall, zerocopyCaveats } from './steps/zerocopy.ts';

/** From the disk into a ring of buffers by DMA, from there into the NIC by DMA: no page cache and no CPU copy. */
export function directMsgZerocopy(): ModeDescriptor {
  return {
    id: 'direct-msg-zerocopy',
    name: 'read, O_DIRECT + send, MSG_ZEROCOPY',
    summary: l10n.t(
      'Reads past the page cache into a ring of buffers and sends each by reference: no copy by the CPU.',
    ),
    paths: ['file-to-socket'],
    chunk: 'buffer',
    fit: 'blocks',
    options: ['queueDepth'],
    awaits: 'each',
    moves: 'data',
    since: '4.14',
    classic: [],
    here: (facts) => ({
      steps: [
        systemCall('read', 'disk', { each: 'call' }),
        ...directRead('buffer-ring'),
        sendCall(),
        lendPages('buffer-ring'),
        ...arriveHere(facts, 'user-pages'),
        ...completions(),
      ],
    }),
    faults: 'kernel',
    caveats: [...directCaveats(), ...zerocopyCaveats()],
  };
}
