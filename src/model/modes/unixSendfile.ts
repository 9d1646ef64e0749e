import * as l10n from '@vscode/l10n';
import type { ModeDescriptor } from './descriptor.ts';
import { systemCall } from './steps/common.ts';
import { consumerRead, produce, unixReferenceCaveat } from './steps/exchange.ts';
import { intoPipe, pipeToSocket } from './steps/innerPipe.ts';
import { memfdMapping } from './steps/memfd.ts';
import { awaitRelease } from './steps/signalling.ts';

/** The payload lies in a memfd, and its pages are sent into an AF_UNIX stream by reference. */
export function unixSendfile(): ModeDescriptor {
  return {
    id: 'unix-sendfile',
    name: 'sendfile to AF_UNIX',
    summary: l10n.t(
      'Produces into a mapped memfd and sends its pages into an AF_UNIX stream; only the consumer copies.',
    ),
    paths: ['process-to-process'],
    chunk: 'buffer',
    options: [],
    moves: 'data',
    since: '3.17',
    classic: [],
    here: () => ({
      steps: [
        memfdMapping(),
        produce('producer-mapping'),
        systemCall('sendfile', 'receive-queue', { each: 'call' }),
        intoPipe('memfd'),
        pipeToSocket('receive-queue'),
        ...consumerRead('receive-queue'),
        awaitRelease('producer-mapping'),
      ],
    }),
    faults: 'user',
    caveats: [
      l10n.t(
        'The socket holds references to the pages of the memfd: the producer must not write to them before the consumer has read them.',
      ),
      unixReferenceCaveat(),
    ],
  };
}
