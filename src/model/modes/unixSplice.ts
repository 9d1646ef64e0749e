import * as l10n from '@vscode/l10n';
import type { ModeDescriptor } from './descriptor.ts';
import { consumerRead, produce, unixReferenceCaveat } from './steps/exchange.ts';
import { memfdMapping } from './steps/memfd.ts';
import { awaitRelease } from './steps/signalling.ts';
import { pagesToSocket, spliceIn, spliceOut } from './steps/userPipe.ts';

/** As unix-sendfile, with the pipe in the hands of the producer. */
export function unixSplice(): ModeDescriptor {
  return {
    id: 'unix-splice',
    name: 'splice to AF_UNIX',
    summary: l10n.t('Produces into a mapped memfd and splices its pages over a pipe into an AF_UNIX stream.'),
    paths: ['process-to-process'],
    chunk: 'buffer',
    fit: 'pipe-per-buffer',
    options: ['pipeBytes'],
    moves: 'data',
    since: '3.17',
    classic: [],
    here: () => ({
      steps: [
        memfdMapping(),
        produce('producer-mapping'),
        ...spliceIn('memfd'),
        ...spliceOut('receive-queue', pagesToSocket('receive-queue')),
        ...consumerRead('receive-queue'),
        awaitRelease('producer-mapping'),
      ],
    }),
    faults: 'user',
    caveats: [
      l10n.t(
        'Pipe and socket hold references to the pages of the memfd: the producer must not write to them before the consumer has read them.',
      ),
      unixReferenceCaveat(),
    ],
  };
}
