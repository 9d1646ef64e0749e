import * as l10n from '@vscode/l10n';
import type { ModeDescriptor } from './descriptor.ts';
import { arriveHere } from './steps/arrival.ts';
import { coldRead, readCopy, systemCall } from './steps/common.ts';
import { completions, lendPages, sendCall, zerocopyCaveats } from './steps/zerocopy.ts';

/** Reads into a ring of buffers and lends each to the socket: one copy, of read(), and a snapshot. */
export function readMsgZerocopy(): ModeDescriptor {
  return {
    id: 'read-msg-zerocopy',
    name: 'read + send, MSG_ZEROCOPY',
    summary: l10n.t(
      'Reads into a ring of buffers and sends each by reference; a buffer comes round when it is released.',
    ),
    paths: ['file-to-socket'],
    chunk: 'buffer',
    options: ['queueDepth'],
    awaits: 'each',
    moves: 'data',
    since: '4.14',
    classic: [],
    here: (facts) => ({
      steps: [
        systemCall('read', 'page-cache', { each: 'call' }),
        ...coldRead(facts),
        readCopy('buffer-ring'),
        sendCall(),
        lendPages('buffer-ring'),
        ...arriveHere(facts, 'user-pages'),
        ...completions(),
      ],
    }),
    faults: 'kernel',
    caveats: zerocopyCaveats(),
  };
}
