import * as l10n from '@vscode/l10n';
import type { ModeDescriptor } from './descriptor.ts';
import { arriveHere } from './steps/arrival.ts';
import { coldRead, mapSource, munmapSource, systemCall } from './steps/common.ts';
import { completions, lendPages, sendCall, zerocopyCaveats } from './steps/zerocopy.ts';

/** The page cache itself is lent to the socket, through a mapping. */
export function msgZerocopy(): ModeDescriptor {
  return {
    id: 'msg-zerocopy',
    name: 'mmap + send, MSG_ZEROCOPY',
    summary: l10n.t(
      'Maps the file and sends from the mapping by reference: the kernel pins the pages, and says when done.',
    ),
    paths: ['file-to-socket'],
    chunk: 'buffer',
    options: [],
    awaits: 'end',
    moves: 'data',
    since: '4.14',
    classic: [],
    here: (facts) => ({
      steps: [
        systemCall('mmap', 'page-cache', { each: 'transfer' }),
        mapSource(),
        sendCall(),
        ...coldRead(facts),
        lendPages('mapping'),
        ...arriveHere(facts, 'user-pages'),
        ...completions(),
        munmapSource(),
      ],
    }),
    faults: 'kernel',
    caveats: [
      ...zerocopyCaveats(),
      l10n.t(
        'The pages are those of the file, not a snapshot: a change of the file before the peer has read is sent too; past a truncated end send() fails with EFAULT.',
      ),
    ],
  };
}
