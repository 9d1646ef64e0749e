import * as l10n from '@vscode/l10n';
import type { ModeDescriptor } from './descriptor.ts';
import { move, systemCall } from './steps/common.ts';
import { consumerRead, produce } from './steps/exchange.ts';

/** An AF_UNIX stream: packets queued right at the other end, one copy in and one out. */
export function socketpair(): ModeDescriptor {
  return {
    id: 'socketpair',
    name: 'AF_UNIX stream',
    summary: l10n.t('Writes each buffer into an AF_UNIX stream socket that the consumer reads.'),
    paths: ['process-to-process'],
    chunk: 'buffer',
    options: [],
    moves: 'data',
    since: '2.0',
    classic: [],
    here: () => ({
      steps: [
        produce('producer-buffer'),
        systemCall('write', 'receive-queue', { each: 'call' }),
        move(
          'cpu-copy',
          'producer-buffer',
          'receive-queue',
          l10n.t('The CPU copies the data into packets in the queue of the other socket.'),
        ),
        ...consumerRead('receive-queue'),
      ],
    }),
    faults: 'user',
    caveats: [
      l10n.t('How much may be under way is up to SO_SNDBUF, bookkeeping included: about half of it is payload.'),
    ],
  };
}
